// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "deploy/rollback/automatic_target.h"
#include "deploy/run/context.h"
#include "journal/journal.h"

namespace backstep {

// What a run would do, told before anything is done.
struct RunPreview {
  LiveSet live;     // what is tracked, as it lies here
  Journal journal;  // the commands as resolved
  // Where a failure after the deploy has begun would go back to. nullopt: nowhere.
  std::optional<Target> target;
  std::string no_way_back;  // why, a sentence

  bool goes_to_what_lies_here() const { return target && target->ref.id == kWouldBe; }
};

// Takes no lock, changes nothing, makes no store. Throws Error (kBackupFailed) for what a backup
// would refuse.
RunPreview preview_run(const Context& context);

}  // namespace backstep
