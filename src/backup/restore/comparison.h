// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "backup/restore/restore_plan.h"
#include "backup/tracked/live_set.h"
#include "store/sets/set_reader.h"

namespace backstep {

// One side of a comparison: a stored set, or what lies there now. What it was made of must outlive
// it.
struct ComparedSide {
  std::string label;             // "2024-03-10_14-23-00"; "" for what lies there now
  bool has_owners = true;        // the original's sets say nothing of owners
  std::vector<FileEntry> files;  // sorted by path
  std::function<UniqueFd(const FileEntry&)> open;
  std::function<bool(const std::string& path)> tells_of;  // it looked for what lies there

  bool is_live() const { return label.empty(); }
  // The file's bytes, which were compared with its hash. Throws Error: kDamaged for a stored file
  // that is not what its manifest says, kBackupFailed for a live one that keeps changing.
  std::string content(const FileEntry& entry) const;
};

// Throws Error (kDamaged) when anything in the set is damaged, so that nothing of it is shown as if
// it were true.
ComparedSide compared_set(const StoredSet& set);

// What lies there now of that which today's settings track.
ComparedSide compared_tree(const Tree& tree, const StoredSet& set, const Index* index);

// Takes off what the two sides cannot be compared over, and says what that was: a set says nothing
// of what it did not look for, and a restore touches nothing that is not tracked today.
std::vector<LeftFile> keep_comparable(ComparedSide& from, ComparedSide& to);

// One file that differs. An entry is null where the file does not exist.
struct FileDifference {
  const FileEntry* from = nullptr;
  const FileEntry* to = nullptr;
  bool content = false;
  bool mode = false;
  bool user = false;
  bool group = false;

  const std::string& path() const { return from != nullptr ? from->path : to->path; }
  // "+" added, "-" removed, else of "cpug" what differs: content, permissions, user, group.
  std::string letters() const;
};

// Sorted by path. Owners count where they would be restored: the process may change them, and both
// sides know them.
std::vector<FileDifference> differences(const ComparedSide& from, const ComparedSide& to);

}  // namespace backstep
