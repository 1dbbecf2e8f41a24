// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/rollback/settle.h"
#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"

namespace backstep {

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
