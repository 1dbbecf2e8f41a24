// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/workspace.h"
#include "deploy/run/events.h"
#include "journal/journal.h"
#include "store/retention/retention.h"
#include "store/store.h"

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

// Changes nothing. `open`: the journal whose sets stay, or null. Throws Error (kUsage) for an empty
// policy.
Pruning decide_pruning(const Store& store, const Retention& policy, const Patterns& patterns,
                       const Journal* open, int64_t now);

// Removes what is leaving, for who holds the lock.
void carry_out(const Pruning& pruning, const Store& store, Listener& listener);

}  // namespace backstep
