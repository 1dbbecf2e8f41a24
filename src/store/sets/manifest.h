// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "config/workspace.h"
#include "store/set_id.h"
#include "store/sets/file_entry.h"

namespace backstep {

// What a stored set holds: `_manifest.jsonl`, a header, a line a file sorted by path, a trailer
// with the count and the set's digest. Read whole or not at all: a truncated one has no trailer,
// and a changed one no longer gives the trailer's digest.
struct Manifest {
  static constexpr int kFormat = 1;
  static constexpr const char* kFileName = "_manifest.jsonl";
  static constexpr size_t kLargest = size_t{64} << 20;  // it is read whole

  std::string uid = {};  // "" where there is no manifest: the original's
  int64_t sequence = 0;  // what is newer has a higher one; of two equal ones, the higher uid
  std::string id = {};   // of the directory that it was read from: no manifest holds it
  // For evidence: name() of the backup or accepted set to which the restore went. That set holds
  // the files that were not replaced. "": every file lies in this set itself.
  std::string base = {};
  // Seconds since the epoch, those of the ID that the set was given when it was made: ages are
  // counted from here, and a merge tells from here which ID it wants.
  int64_t time = 0;
  std::string run = {};  // its uid
  // "run", "begin", "backup": the verb that backed up. "accepted", "mark", "composed": why an
  // accepted set is there, and that one is none. "rollback": evidence.
  std::string made_by = {};
  Patterns patterns = {};
  std::string owner = {};  // whose run
  // To whom the settings' directory belonged: on another machine that user has another number.
  Owner tree_owner = {kAnybody, kAnybody};
  std::string actor = {};  // the person, "" when unknown
  std::string url = {};
  std::string commit = {};
  std::string tag = {};
  std::string message = {};
  std::vector<FileEntry> files = {};  // sorted by path, absent ones included
  // The directories above them that are not as a new one would be: by path, "2750 33:34".
  std::map<std::string, std::string> directories = {};
  std::string digest = {};

  // What records and evidence call it: the uid; of a set of the original its ID.
  const std::string& name() const { return uid.empty() ? id : uid; }
  size_t present_count() const;
  // No entrypoint and no other tracked file was there.
  bool empty() const { return present_count() == 0; }
};

// Only evidence rests on another set: Error (kDamaged) otherwise.
void require_fit_base(const Manifest& manifest, const SetRef& ref, std::string_view shown);

// A scope as it stands in a manifest's header and in the journal. Throws Error (kDamaged).
Json encode_patterns(const Patterns& patterns);
Patterns decode_patterns(const Json& json);

// Piece by piece; computes the digest itself.
void encode_manifest(const Manifest& manifest, const HashedPieces::Write& write);

// Throws Error: kDamaged with line and reason, or NewerFormat.
// `name` is how messages call it. Paths that leave the workspace or the set are refused here.
Manifest decode_manifest(std::string_view name, std::string_view text);

// Header and trailer only, for lists: all but the files, whose number is returned. Where it throws, uid, sequence and
// base are as far as the header reads, also where a newer version wrote it or its trailer is torn.
size_t decode_manifest_ends(std::string_view name, std::string_view text, Manifest& manifest);

// One file's line of a manifest: {"path","stored","size","mode","uid","gid","mtime","sha256"}, with
// "capability" where it has one, or {"path","absent":true}. Members that it does not know are
// ignored: a newer minor may add some. Both directions refuse what no backup of ours may hold:
// paths that leave the workspace or the set, modes beyond 0777, a hash that is none. Throws Error,
// kBackupFailed while writing and kDamaged while reading; the caller names file and line.
Json encode_entry(const FileEntry& entry);
FileEntry decode_entry(const Json& line);

// Relative and without `..`; "" and globs are welcome.
bool stays_beneath(std::string_view pattern);

// Thrown for a format that a newer version wrote: such a set is listed, and left alone.
class NewerFormat : public Error {
 public:
  using Error::Error;
};

}  // namespace backstep
