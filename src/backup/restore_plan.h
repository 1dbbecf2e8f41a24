// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "backup/live_set.h"
#include "store/set_reader.h"

namespace backstep {

// One change of a live file. A plan is data: it is shown by --dry-run, checked against the target
// before anything is written, and then done.
struct RestoreStep {
  enum class Kind {
    kCreate,   // the target has it, the tree lacks it
    kReplace,  // content, mode or owner differ
    kRemove,   // the tree has it, the target lacks it
  };
  Kind kind = Kind::kReplace;
  FileEntry target;       // for kRemove only its path
  bool in_place = false;  // the live file is itself a mount point: rename would fail with EBUSY
};

struct RestorePlan {
  std::vector<RestoreStep> steps;             // sorted by path
  std::vector<std::string> kept_newer;        // paths of work that came later, left as it is
  std::vector<std::string> kept_added;        // paths the target lacks, left because not `exact`
  std::vector<std::string> missing_services;  // their directory does not exist: skipped
  size_t unchanged = 0;

  bool empty() const { return steps.empty(); }
};

struct RestoreRules {
  bool exact = true;                    // remove tracked files that the target lacks
  bool recreate_services = true;        // make a service directory that vanished again
  std::set<std::string> only_services;  // empty: everything
  // Whether the live file at `path` (null: it is not there) may be replaced or removed; asked only
  // where it differs from the target. Unset: always.
  std::function<bool(const std::string& path, const FileEntry* live)> may_touch;
};

RestorePlan plan_restore(const Tree& tree, const StoredSet& target, const LiveSet& live,
                         const RestoreRules& rules);

// The digest of the live set once the plan is done.
std::string digest_after(const LiveSet& live, const RestorePlan& plan);

// Reads what the plan would put in place and compares it with the manifest: throws Error (kDamaged)
// naming the file. Writes nothing.
void check_sources(const StoredSet& target, const RestorePlan& plan);

}  // namespace backstep
