// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/json.h"
#include "store/sets/file_entry.h"

namespace backstep {

// One file's line of a manifest: {"path","stored","size","mode","uid","gid","mtime","sha256"}, with
// "capability" where it has one, or {"path","absent":true}. Members that it does not know are
// ignored: a newer minor may add some. Both directions refuse what no backup of ours may hold:
// paths that leave the workspace or the set, modes beyond 0777, a hash that is none. Throws Error,
// kBackupFailed while writing and kDamaged while reading; the caller names file and line.
Json encode_entry(const FileEntry& entry);
FileEntry decode_entry(const Json& line);

// 64 digits of lower-case hex.
bool is_sha256_hex(std::string_view text);

// Relative and without `..`; "" and globs are welcome.
bool stays_beneath(std::string_view pattern);

}  // namespace backstep
