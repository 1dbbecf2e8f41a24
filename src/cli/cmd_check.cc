// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/error.h"
#include "cli/session.h"
#include "deploy/missing_program.h"
#include "deploy/standalone_check.h"
#include "deploy/step_failure.h"
#include "report/outcome_json.h"

namespace backstep {
namespace {

Outcome outcome_of(const HealthResult& result, ExitCode code) {
  Outcome outcome;
  outcome.end_with(result.healthy() ? Outcome::Result::kHealthy : Outcome::Result::kUnhealthy,
                   code);
  outcome.attempts = result.attempts;
  outcome.live = result.healthy() ? "what lies there, healthy" : "what lies there, unhealthy";
  if (!result.healthy()) {
    outcome.failure = failure_of_check(result).shown;
  }
  return outcome;
}

}  // namespace

int cmd_check(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  if (session.config().health.empty()) {
    throw Error(ExitCode::kUsage, "no health check is set: give --health-check or --health-http");
  }
  const HealthResult result = check_alone(session.context());
  if (result.verdict == HealthResult::Verdict::kStopped) throw Interrupted(result.last.signal);
  const ExitCode code = result.healthy()    ? ExitCode::kOk
                        : result.cannot_run ? ExitCode::kUsage
                                            : ExitCode::kNotRolledBack;
  const std::string advice =
      missing_program_advice(result.last, session.config().health.test, invocation.environment);
  if (session.json()) {
    Json json = json_answer("check");
    json.set("healthy", result.healthy());
    json.set("attempts", result.attempts);
    json.set("reason", result.reason);
    json.set("last", result.last.described());
    json.set("advice", advice);
    json.set("exit_code", static_cast<int>(code));
    session.print(json);
  } else {
    session.print(result.healthy() ? "✔ healthy\n"
                                   : fmt::format("❌ unhealthy: {}, {}\n", result.last.described(),
                                                 result.reason));
    if (!advice.empty()) session.print("   " + advice + "\n");
  }
  session.report(outcome_of(result, code));
  return static_cast<int>(code);
}

}  // namespace backstep
