// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/outcome.h"
#include "report/run_record.h"

namespace backstep::test {

// A deploy whose check failed, rolled back.
inline Outcome rolled_back() {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackHealthy);
  outcome.live = "the old version, healthy again";
  outcome.failure = Failure{"health check", "exited with 1 (1 attempt)", "no <answer>\n\x1b[2J"};
  outcome.backup = "2024-03-10_14-23-00";
  outcome.restored_from = "2024-03-10_14-23-00";
  outcome.changed = {"a", "odd, name"};
  outcome.restored = {"services/a/entrypoint.sh"};
  outcome.next = {"backstep show failed/2024-03-10_14-23-07"};
  outcome.attempts = 1;
  return outcome;
}

inline StepRecord step_record(std::string_view name, bool succeeded) {
  StepRecord step;
  step.name = name;
  step.elapsed = Duration(1'500);
  step.succeeded = succeeded;
  step.ended = true;
  if (!succeeded) step.described = "exited with 1 (1 attempt)";
  return step;
}

inline RunRecord rolled_back_record() {
  RunRecord record;
  record.steps = {step_record("backup", true),        step_record("deploy", true),
                  step_record("health check", false), step_record("restore", true),
                  step_record("rollback", true),      step_record("health check", true)};
  record.elapsed = Duration(12'345);
  return record;
}

}  // namespace backstep::test
