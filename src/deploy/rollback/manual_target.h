// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "backup/restore/restore_plan.h"
#include "store/store.h"

namespace backstep {

struct ManualTarget {
  SetRef ref;
  std::string reason;
  std::string caution = {};  // what is on record against it, a sentence; mostly empty
};

// Where a `rollback` goes. `to`: an ID, "latest", "last-good", "previous" (what was live before
// what is live) or "failed/ID"; what is named is taken, known bad or not. "", the first of these:
//
//   the target of the last change on record, where that is a rollback and its files still lie
//   there: a second call must not walk further back than the first
//   with `policy` previous: what was live before what is live
//   newest first, what is known good, was accepted, or was backed up by the verb `backup`: not
//   known bad, and not what lies here
//   the newest backup of which this very call would change a file, and that is not known bad
//
// Only sets that share a file with what is tracked today. Throws Error: kNothingToRollBackTo
// without any such set, kUsage for an ID that does not exist or is of another place.
struct WantedTarget {
  std::string to;
  RollbackTarget policy = RollbackTarget::kAuto;
};
ManualTarget manual_target(const Store& store, const Tree& tree, const LiveSet& live,
                           const RestoreRules& rules, const WantedTarget& wanted);

// "; other backups: A, B" for a message about a damaged one.
std::string others_than(const Store& store, const SetRef& ref);

}  // namespace backstep
