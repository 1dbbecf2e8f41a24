// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include "base/error.h"
#include "cli/session.h"
#include "deploy/steps/health_checks.h"
#include "deploy/steps/missing_program.h"
#include "deploy/steps/step_failure.h"
#include "report/outcome/outcome_report.h"

namespace backstep {
namespace {

Outcome outcome_of(const CheckResults& checks, ExitCode code) {
  Outcome outcome;
  outcome.end_with(checks.healthy() ? Outcome::Result::kHealthy : Outcome::Result::kUnhealthy,
                   code);
  outcome.attempts = checks.attempts();
  outcome.service_checks = checks.services;
  outcome.live = checks.healthy() ? "what lies there, healthy" : "what lies there, unhealthy";
  if (!checks.healthy()) outcome.failure = failure_of(checks).shown;
  return outcome;
}

std::string advice_for(const Session& session, const CheckResults& checks,
                       const Environment& environment) {
  if (!checks.whole) return "";
  return missing_program_advice(checks.whole->last, session.config().health.test, environment);
}

Json answer_json(const CheckResults& checks, const std::string& advice, ExitCode code) {
  return json_answer("check", {{"healthy", checks.healthy()},
                               {"attempts", checks.attempts()},
                               {"reason", checks.whole ? checks.whole->reason : ""},
                               {"last", checks.whole ? checks.whole->last.described() : ""},
                               {"service_checks", service_checks_json(checks.services)},
                               {"advice", advice},
                               {"exit_code", static_cast<int>(code)}});
}

std::string answer_text(const CheckResults& checks, const std::string& advice) {
  const std::string text = checks.healthy() ? "✔ healthy" + warned_words(checks) + "\n"
                                            : "❌ unhealthy: " + unhealthy_words(checks) + "\n";
  return advice.empty() ? text : text + "   " + advice + "\n";
}

}  // namespace

int cmd_check(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  if (!session.config().has_check()) {
    refuse_usage("no health check is set: give --health-check or --health-http");
  }
  session.choose_any();
  const Context& context = session.context();
  const CheckResults checks = check_health_standalone(context);
  if (checks.stopped) throw Interrupted(context.signals.caught().value_or(SIGTERM));
  if (checks.empty()) {
    refuse_usage("no service here has a health check: nothing was checked");
  }
  const ExitCode code = checks.healthy()            ? ExitCode::kOk
                        : !checks.failed_for_sure() ? ExitCode::kUsage
                                                    : ExitCode::kNotRolledBack;
  const std::string advice = advice_for(session, checks, invocation.environment);
  session.answer(answer_json(checks, advice, code), answer_text(checks, advice));
  session.report(outcome_of(checks, code));
  return static_cast<int>(code);
}

}  // namespace backstep
