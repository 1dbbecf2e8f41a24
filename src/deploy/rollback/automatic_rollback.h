// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"

namespace backstep {

// How a failed run goes back by itself. Each function sets the run's outcome; none tries twice.

// The deploy had not begun: the files of this run's backup come back, and nothing runs.
void put_files_back(OpenRun& run, const StepFailure& failure);

// The deploy had begun: the target is chosen, its files come back, the rollback command puts them
// live, the health check is asked again (after_restore.h). On a stop signal the files come back and
// the command stays owed.
void roll_back(OpenRun& run, const StepFailure& failure);

}  // namespace backstep
