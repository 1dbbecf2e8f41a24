// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "system/digest.h"
#include "system/file_status.h"

namespace backstep {

constexpr int64_t kNsPerSecond = 1'000'000'000;

// One tracked file at one moment: a line of a manifest, and what the live tree is compared with.
struct FileEntry {
  std::string path;      // relative to the workspace
  std::string stored;    // relative to the directory of its set; "" in the live tree
  bool absent = false;   // looked for and not there
  bool in_base = false;  // stored in the set that the manifest names as its base
  uint64_t size = 0;
  mode_t mode = 0;  // 0755
  Owner owner;
  int64_t mtime_ns = 0;  // for people; never restored: build tools would miss the change
  std::string sha256;

  bool executable() const { return (mode & 0100) != 0; }
};

// Same version of the file: content and executable bit, as a set's digest counts them.
bool same_version(const FileEntry& a, const FileEntry& b);
// Nothing to restore: content, permission bits and, where we may change it, the owner.
bool same_state(const FileEntry& a, const FileEntry& b, bool compare_owner);

// SHA-256 over the sorted (path, executable bit, content's SHA-256): the name of a version, the
// same on every runner whatever its umask or user. Absent files do not count.
class SetDigest {
 public:
  void add(const FileEntry& file);  // in the order of paths
  std::string hex() { return sum_.hex(); }

 private:
  Sha256 sum_;
  std::string line_;
};
// `files` must be sorted.
std::string set_digest(std::span<const FileEntry> files);

// The name of a version of one service: of its entrypoint alone. No set has it, also not the set of
// that one file.
std::string service_digest(const FileEntry& entrypoint);

// By path, in byte order; null when there is none. `files` must be sorted.
const FileEntry* find_entry(std::span<const FileEntry> files, std::string_view path);

// `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`, not containing `_ENTRYPOINT_FILE`: the flat stored name
// SERVICE_ENTRYPOINT then names one service only, also to the original script.
bool is_storable_service(std::string_view name, std::string_view entrypoint_file);

// SERVICES_DIR/NAME/ENTRYPOINT_FILE -> NAME; "" for other files and for names that no service may
// have. services_dir is "" when the services lie directly in the workspace.
std::string service_of(std::string_view path, std::string_view services_dir,
                       std::string_view entrypoint_file);

}  // namespace backstep
