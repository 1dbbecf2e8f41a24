// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep::test {

// A deploy whose check failed, rolled back.
inline Outcome rolled_back() {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRolledBack, ExitCode::kRolledBackHealthy);
  outcome.set_live(Live::kOld, ", healthy again");
  outcome.failure = Failure{"health check", "exited with 1 (1 attempt)", "no <answer>\n\x1b[2J"};
  outcome.backup = "2024-03-10_14-23-00";
  outcome.restored_from = "2024-03-10_14-23-00";
  outcome.changed = {"a", "odd, name"};
  outcome.restored = {"services/a/entrypoint.sh"};
  outcome.next = {{"see what failed", "backstep show failed/2024-03-10_14-23-07"}};
  outcome.attempts = 1;
  return outcome;
}

// A warning of a file as a whole, an error at its line, and a script that was not asked.
inline LintReport linted() {
  const std::string a = "services/a/entrypoint.sh";
  LintReport report;
  report.scripts = 2;
  report.findings = {{a, 0, LintRule::kNotExecutable, "mode 0644"}, {a, 3, LintRule::kSyntax, "sh: \"fi\" unexpected"}};
  report.skipped = {{"services/b/entrypoint.sh", 0, LintRule::kSyntax, "'python3' has no '-n'"}};
  return report;
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

inline ServiceHealth service_health(const std::string& service, bool healthy,
                                    OnFailure on_failure = OnFailure::kRollback) {
  ServiceHealth health;
  health.service = service;
  health.on_failure = on_failure;
  health.healthy = healthy;
  health.attempts = 2;
  health.elapsed = Duration(1'500);
  if (!healthy) {
    health.described = "exited with 7 (2 failures in a row, 2 attempts)";
    health.output_tail = "no <answer>";
  }
  return health;
}

// Of a check that only warns, one that failed and one that passed.
inline std::vector<ServiceHealth> three_services() {
  return {service_health("a", false, OnFailure::kWarn), service_health("b", false), service_health("c", true)};
}

inline RunRecord rolled_back_record() {
  RunRecord record;
  record.steps = {step_record("backup", true),  step_record("deploy", true),   step_record("health check", false),
                  step_record("restore", true), step_record("rollback", true), step_record("health check", true)};
  record.elapsed = Duration(12'345);
  return record;
}

}  // namespace backstep::test
