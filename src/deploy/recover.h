// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/rollback/settle.h"
#include "deploy/run/open_run.h"

namespace backstep {

enum class Recovery {
  kAsOwner,  // as the run's own owner would settle it
  kRestore,  // over newer files too; what they were is kept as evidence
  kKeep,     // leave every file, end the journal
};

// Settles an open journal by hand, whatever its guard_timeout, but never one of a living process.
// Exit 0 when it is settled, 20 to 22 where a rollback command was owed and ran.
Outcome recover(const Context& context, Recovery recovery);

// A configuration that knows a check or a rollback command outranks what the run began with: the
// last step of a job may know more than its first, and a mistyped command can be corrected.
void adopt_commands(const Config& config, Journal& journal);

// Settles, then runs what is owed: the common end of `finish` and `recover` after a crash. Sets the
// run's outcome.
void settle_and_finish(OpenRun& run, const SettleRules& rules);

}  // namespace backstep
