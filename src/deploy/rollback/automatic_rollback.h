// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/rollback/settle.h"
#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"

namespace backstep {

// How a failed run goes back by itself; sets the run's outcome, and tries nothing twice. Where the
// deploy had not begun, the files of this run's backup come back, and nothing runs. Where it had,
// the target is chosen, its files come back, the rollback command puts them live, the health check
// is asked again (finish_rollback). On a stop signal the files come back and the command stays
// owed.
void roll_back(OpenRun& run, StepFailure failure);

// The deploy says by its exit code that it is past its point of no return: from here on nothing
// restores behind its back. On return that is durable, or the journal is gone, so that there is
// nothing to settle; where the disk takes neither, the listener is told. A kill before the record
// is settled like that of any deploy that was under way: nobody knows then how it ended.
void forbid_restoring(OpenRun& run, const StepFailure& failure);

// What follows once the files are back, in an automatic rollback, in one by hand, and after a
// crash: the journal is at `restored`. Runs the rollback command if it is owed, asks the health
// check again, compares what lies there with what was restored, gives the verdict, ends the
// journal. A command that fails leaves the journal as it is: exit 22. `settled` is what the restore
// did, where it did it just now.
void finish_rollback(OpenRun& run, const StepFailure& failure, Settled settled);

// Instead of that, after a stop signal: the rollback command is left to `recover`.
void leave_command_owed(OpenRun& run, int signal);

// The rollback itself failed: the journal is kept, and `recover` is named.
void report_failed_rollback(OpenRun& run, const std::string& why);

// The same where single files could not be put back; false: all of them could.
bool report_failed_files(OpenRun& run, const Settled& settled);

}  // namespace backstep
