// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"

namespace backstep {

// How a failed run goes back by itself; sets the run's outcome, and tries nothing twice. Where the
// deploy had not begun, the files of this run's backup come back, and nothing runs. Where it had,
// the target is chosen, its files come back, the rollback command puts them live, the health check
// is asked again (after_restore.h). On a stop signal the files come back and the command stays
// owed.
void roll_back(OpenRun& run, const StepFailure& failure);

// The deploy says by its exit code that it is past its point of no return: from here on nothing
// restores behind its back. On return that is durable, or the journal is gone, so that there is
// nothing to settle; where the disk takes neither, the listener is told. A kill before the record
// is settled like that of any deploy that was under way: nobody knows then how it ended.
void forbid_restoring(OpenRun& run, const StepFailure& failure);

}  // namespace backstep
