// SPDX-License-Identifier: Apache-2.0
#include "backup/restore/restore_plan.h"

#include <algorithm>

namespace backstep {

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
    if (!file.absent && !find_present(set.files, file.path)) paths.push_back(file.path);
  }
  return paths;
}

bool same_over_shared(const Manifest& a, const Manifest& b) {
  if (!may_be_one_place(a.patterns.prefix, b.patterns.prefix)) return false;
  size_t shared = 0;
  size_t same = 0;
  side_by_side(a.files, b.files, [&](const FileEntry* one, const FileEntry* other) {
    const bool is_here = one != nullptr && !one->absent;
    const bool is_there = other != nullptr && !other->absent;
    const std::string& path = (one != nullptr ? one : other)->path;
    if (!(is_here || is_there) || !tells_of(a, path) || !tells_of(b, path)) return;
    ++shared;
    if (is_here && is_there && same_version(*one, *other)) ++same;
  });
  return shared > 0 && same == shared;
}

}  // namespace backstep
