// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/workspace.h"
#include "store/retention/retention.h"
#include "store/store.h"
#include "system/progress.h"

namespace backstep {

// What a retention leaves of a store. It is decided here for `prune`, for its dry run and for the
// end of an accepted run, so all three go by the same rules.
struct Pruning {
  std::vector<RetentionDecision> decisions;  // oldest first
  std::string loss;  // the last good version is in no backup: what is left; "" = it is there
  std::vector<std::string> unsound =
      {};  // sets that were looked at and are not whole, each with why
  std::optional<uint64_t> freed_bytes = {};  // nullopt: not looked at, or it cannot be known

  std::vector<SetRef> leaving() const;
};

// Changes nothing. `in_use`: what an open journal names. Throws Error (kUsage) for an empty policy.
Pruning decide_pruning(const Store& store, const Retention& policy, const Patterns& patterns,
                       const std::vector<SetRef>& in_use, int64_t now);

// Renames each to a dot name first, then removes it: a reader sees a whole set or none.
void prune_sets(const Store& store, const std::vector<SetRef>& sets, Progress* progress = nullptr);

// How many bytes a file system gives back for them: files that other sets share are not counted.
// Throws Error when they cannot be looked at, which need not stop anybody from removing them.
uint64_t bytes_freed_by(const Store& store, const std::vector<SetRef>& sets);

}  // namespace backstep
