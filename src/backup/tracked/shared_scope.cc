// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/shared_scope.h"

#include <algorithm>

namespace backstep {
namespace {

// Each file that `one` holds and both tell of is the same in `other`; counts them.
bool agrees_with(const Manifest& one, const Manifest& other, size_t& shared) {
  for (const FileEntry& file : one.files) {
    if (file.absent || !tells_of(one, file.path) || !tells_of(other, file.path)) continue;
    const FileEntry* there = find_entry(other.files, file.path);
    if (there == nullptr || !same_version(*there, file)) return false;
    ++shared;
  }
  return true;
}

}  // namespace

bool tells_of(const Manifest& set, const std::string& path) {
  return set.patterns.looks_for(path) && !is_unstored(set.files, path);
}

bool shares_a_file(const Manifest& set, const Patterns& today) {
  if (!may_be_one_place(set.patterns.prefix, today.prefix)) return false;
  return std::ranges::any_of(
      set.files, [&](const FileEntry& file) { return !file.absent && today.looks_for(file.path); });
}

std::vector<std::string> not_held_by(const Manifest& set, const std::vector<FileEntry>& here) {
  std::vector<std::string> paths;
  for (const FileEntry& file : here) {
    const FileEntry* there = find_entry(set.files, file.path);
    if (!file.absent && (there == nullptr || there->absent)) paths.push_back(file.path);
  }
  return paths;
}

bool same_over_shared(const Manifest& a, const Manifest& b) {
  if (!may_be_one_place(a.patterns.prefix, b.patterns.prefix)) return false;
  size_t shared = 0;
  return agrees_with(a, b, shared) && agrees_with(b, a, shared) && shared > 0;
}

}  // namespace backstep
