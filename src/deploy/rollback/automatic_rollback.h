// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/rollback/settle.h"
#include "deploy/run/context.h"
#include "deploy/run/outcome.h"
#include "deploy/steps/step_failure.h"
#include "journal/journal.h"

namespace backstep {

// The files of this run's backup come back, and nothing else: the deploy had not begun.
void put_files_back(const Site& site, Journal& journal, const StepFailure& failure,
                    Outcome& outcome);

// The deploy had begun: choose the target, restore, rollback command, check again, verdict. On a
// stop signal the files come back and the command stays owed. One attempt, never a loop.
void step_back(const Site& site, Journal& journal, const StepFailure& failure, Outcome& outcome);

// From a journal at `restored`: runs the rollback command if it is owed, checks again, says the
// verdict, ends the journal. A command that fails leaves the journal as it is: exit 22.
void pay_debt(const Site& site, Journal& journal, const StepFailure& failure, Outcome& outcome,
              Settled settled);

// The rollback itself failed: the journal is kept, `recover` is named.
void report_failed_rollback(const Journal& journal, const std::string& why, Outcome& outcome);

}  // namespace backstep
