// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "backup/restore_plan.h"
#include "store/catalog.h"
#include "store/store.h"

namespace backstep {

struct ManualTarget {
  SetRef ref;
  std::string reason;
  std::string caution;  // what is on record against it, a sentence; mostly empty
};

// Where a `rollback` goes. `to`: an ID, "latest", "last-good" or "failed/ID". "": the newest backup
// of which this very call would change a file and that is not known bad; but when the last change
// on record is a rollback and its target's files still lie there, that target again, for a second
// call must not walk further back than the first. What is named is taken, known bad or not.
// Throws Error: kNothingToRollBackTo without any such backup, kUsage for an ID that does not exist.
ManualTarget manual_target(const Store& store, const Tree& tree, const LiveSet& live,
                           const RestoreRules& rules, const std::string& to);

// "; other backups: A, B" for a message about a damaged one.
std::string others_than(const Store& store, const SetRef& ref);

}  // namespace backstep
