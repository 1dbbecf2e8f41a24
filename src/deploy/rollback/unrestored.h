// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"

namespace backstep {

// The deploy says by its exit code that it is past its point of no return: from here on nothing
// restores behind its back. On return that is durable, or the journal is gone, so that there is
// nothing to settle; where the disk takes neither, the listener is told. A kill before the record
// is settled like that of any deploy that was under way: nobody knows then how it ended.
void forbid_restoring(OpenRun& run, const StepFailure& failure);

// The end of a failed run whose journal leaves the failed files: the rollback is off, or forbidden.
// Nothing runs and nothing is restored; the journal ends in the history.
void leave_unrestored(OpenRun& run, const StepFailure& failure, bool deploy_begun);

}  // namespace backstep
