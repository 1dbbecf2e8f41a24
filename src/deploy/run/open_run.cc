// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/open_run.h"

namespace backstep {

Outcome OpenRun::end() {
  outcome.run = journal.run;
  outcome.backup = journal.backup.label();
  outcome.was_unhealthy_before = journal.was_unhealthy_before;
  outcome.when.run_began = journal.started;
  outcome.evidence = journal.evidence.label();
  if (journal.target) {
    outcome.restored_from = journal.target->label();
    outcome.target_reason = journal.target_reason;
  }
  if (journal.leaves_mixture()) outcome.rolled_back_only = journal.scope.only_services;
  return std::move(outcome);
}

}  // namespace backstep
