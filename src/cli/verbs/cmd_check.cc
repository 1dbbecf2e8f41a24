// SPDX-License-Identifier: Apache-2.0
#include <csignal>

#include "base/error.h"
#include "cli/session.h"
#include "deploy/steps/checkup_words.h"
#include "deploy/steps/missing_program.h"
#include "deploy/steps/standalone_check.h"
#include "deploy/steps/step_failure.h"
#include "report/json_answer.h"
#include "report/outcome/outcome_json.h"

namespace backstep {
namespace {

Outcome outcome_of(const Checkup& checkup, ExitCode code) {
  Outcome outcome;
  outcome.end_with(checkup.healthy() ? Outcome::Result::kHealthy : Outcome::Result::kUnhealthy,
                   code);
  outcome.attempts = checkup.attempts();
  outcome.service_checks = checkup.services;
  outcome.live = checkup.healthy() ? "what lies there, healthy" : "what lies there, unhealthy";
  if (!checkup.healthy()) outcome.failure = failure_of_checkup(checkup).shown;
  return outcome;
}

std::string advice_for(const Session& session, const Checkup& checkup,
                       const Environment& environment) {
  if (!checkup.whole) return "";
  return missing_program_advice(checkup.whole->last, session.config().health.test, environment);
}

Json answer_json(const Checkup& checkup, const std::string& advice, ExitCode code) {
  Json json = json_answer("check");
  json.set("healthy", checkup.healthy());
  json.set("attempts", checkup.attempts());
  json.set("reason", checkup.whole ? checkup.whole->reason : "");
  json.set("last", checkup.whole ? checkup.whole->last.described() : "");
  json.set("service_checks", service_checks_json(checkup.services));
  json.set("advice", advice);
  json.set("exit_code", static_cast<int>(code));
  return json;
}

std::string answer_text(const Checkup& checkup, const std::string& advice) {
  const std::string text = checkup.healthy() ? "✔ healthy" + warned_words(checkup) + "\n"
                                             : "❌ unhealthy: " + unhealthy_words(checkup) + "\n";
  return advice.empty() ? text : text + "   " + advice + "\n";
}

}  // namespace

int cmd_check(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  if (!session.config().has_check()) {
    throw Error(ExitCode::kUsage, "no health check is set: give --health-check or --health-http");
  }
  session.choose_any();
  const Context& context = session.context();
  const Checkup checkup = check_alone(context);
  if (checkup.stopped) throw Interrupted(context.signals.caught().value_or(SIGTERM));
  if (!checkup.asked()) {
    throw Error(ExitCode::kUsage, "no service here has a health check: nothing was checked");
  }
  const ExitCode code = checkup.healthy()            ? ExitCode::kOk
                        : !checkup.failed_for_sure() ? ExitCode::kUsage
                                                     : ExitCode::kNotRolledBack;
  const std::string advice = advice_for(session, checkup, invocation.environment);
  if (session.json()) {
    session.print(answer_json(checkup, advice, code));
  } else {
    session.print(answer_text(checkup, advice));
  }
  session.report(outcome_of(checkup, code));
  return static_cast<int>(code);
}

}  // namespace backstep
