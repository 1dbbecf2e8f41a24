// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "system/files/beneath.h"
#include "system/files/digest.h"
#include "system/files/file_status.h"

namespace backstep {

constexpr int64_t kNsPerSecond = 1'000'000'000;

// One tracked file at one moment: a line of a manifest, and what the live tree is compared with.
struct FileEntry {
  std::string path;         // relative to the settings' directory
  std::string stored = {};  // relative to the directory of its set; "" in the live tree
  uint64_t size = 0;
  int64_t mtime_ns = 0;  // for people; never restored: build tools would miss the change
  mode_t mode = 0;       // 0755
  Owner owner = {};
  bool absent = false;  // looked for and not there
  // And nothing can be said of it: something lies there that cannot be stored (a link, a directory
  // that may not be entered). Counts as absent everywhere else.
  bool unstored = false;
  bool in_base = false;  // stored in the set that the manifest names as its base
  ContentHash sha256 = {};
  std::string capability = {};  // of the file, in hex; "": it has none

  bool unseen() const { return unstored && sha256 == kNoContent; }
  // False too of what was named and cannot be stored: a restore replaces it.
  bool has_content() const { return !absent && sha256 != kNoContent; }
  bool executable() const { return (mode & 0100) != 0; }
};

// The state of one file, without its hash.
FileEntry entry_of(const std::string& path, const FileStatus& status);
FileEntry absent_entry(const std::string& path);
FileEntry unstored_entry(const std::string& path);

// Same version of the file: content and executable bit, as a set's digest counts them.
bool same_version(const FileEntry& a, const FileEntry& b);
// Nothing to restore: content, permission bits and, where we may change them, owner and capability.
bool same_state(const FileEntry& a, const FileEntry& b, bool compare_owner);

// SHA-256 over the sorted (path, executable bit, content's SHA-256): the name of a version, the same on every runner
// whatever its umask or user. Absent files do not count, nor does what cannot be stored. `files` must be sorted.
std::string set_digest(std::span<const FileEntry> files);

// The name of a version of one service: of its entrypoint alone. No set has it, also not the set of that one file.
std::string service_digest(const FileEntry& entrypoint);

// By path, in byte order; null when there is none. `files`, of whatever has a path, must be sorted.
template <typename Files>
auto find_entry(const Files& files, std::string_view path) -> decltype(&*files.begin()) {
  const auto found =
      std::ranges::lower_bound(files, path, {}, [](const auto& file) { return std::string_view(file.path); });
  return found != files.end() && found->path == path ? &*found : nullptr;
}
// Whether the test holds for what lay at `path`, or in the place of a directory on its way.
template <typename Files, typename Test>
bool holds_on_the_way(const Files& files, std::string_view path, const Test& test) {
  for (std::string_view at = path; !at.empty(); at = parts_of(at).parent) {
    const auto* found = find_entry(files, at);
    if (found != nullptr && std::invoke(test, *found)) return true;
  }
  return false;
}
// Whether something lay there that could not be stored.
bool is_unstored(std::span<const FileEntry> files, std::string_view path);

// As find_entry(), and null for one that is absent.
const FileEntry* find_present(std::span<const FileEntry> files, std::string_view path);

// Goes through two sorted lists side by side: `look(one, other)` for each path, null where a list does not have it.
template <typename Look>
void side_by_side(std::span<const FileEntry> one, std::span<const FileEntry> other, const Look& look) {
  auto at = one.begin();
  auto there = other.begin();
  while (at != one.end() || there != other.end()) {
    const bool only_there = at == one.end() || (there != other.end() && there->path < at->path);
    const bool only_at = there == other.end() || (at != one.end() && at->path < there->path);
    const FileEntry* first = only_there ? nullptr : &*at++;
    look(first, only_at ? nullptr : &*there++);
  }
}

}  // namespace backstep
