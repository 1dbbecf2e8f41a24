// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include <csignal>

#include "backup/tracked/tracked_files.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/verbs.h"
#include "config/settings.h"
#include "deploy/steps/commands.h"
#include "deploy/steps/steps.h"
#include "lint/lint.h"
#include "report/lint_text.h"
#include "report/outcome/outcome_report.h"
#include "system/container.h"
#include "system/http/http_probe.h"
#include "system/output.h"

namespace backstep {
namespace {

Outcome outcome_of(const CheckResults& checks, ExitCode code) {
  Outcome outcome;
  outcome.end_with(checks.healthy() ? Outcome::Result::kHealthy : Outcome::Result::kUnhealthy, code);
  outcome.attempts = checks.attempts();
  outcome.service_checks = checks.services;
  outcome.set_live(Live::kSame, checks.healthy() ? ", healthy" : ", unhealthy");
  if (!checks.healthy()) outcome.failure = failure_of(checks).shown;
  return outcome;
}

Json answer_json(const CheckResults& checks, ExitCode code) {
  return json_answer("check", {{"healthy", checks.healthy()},
                               {"attempts", checks.attempts()},
                               {"reason", checks.whole ? checks.whole->reason : ""},
                               {"last", checks.whole ? checks.whole->ending : ""},
                               {"service_checks", service_checks_json(checks.services)},
                               {"advice", checks.advice},
                               {"exit_code", static_cast<int>(code)}});
}

std::string answer_text(const CheckResults& checks) {
  const std::string text = checks.healthy() ? "✔ healthy" + checks.proof() + warned_words(checks) + "\n"
                                            : "❌ unhealthy: " + unhealthy_words(checks) + "\n";
  return checks.advice.empty() ? text : text + "   " + checks.advice + "\n";
}

// What a run would refuse (a symlink, a FIFO) is refused here too.
std::vector<std::string> tracked_paths(const Session& session) {
  std::vector<std::string> paths = find_tracked_files(session.tree()).paths();
  if (paths.empty()) refuse_usage("nothing to lint: " + look_for_untracked(session.tree()).words);
  return paths;
}

constexpr Duration kLongestProbe = std::chrono::seconds(30);
constexpr ExitCode kUnhealthy = ExitCode::kNotRolledBack;  // as `check` says it

Duration limit_of(const ParsedFlags& flags) {
  const std::string given = flags.option("timeout");
  if (given.empty()) return kLongestProbe;
  try {
    return parse_duration(given);
  } catch (const Error& error) {
    throw error.within("flag --timeout", ExitCode::kUsage);
  }
}

// A check's keys as spec_of_attempt() hands them on, with what a run's commands are told.
ProbeRequest request_of(const Environment& environment) {
  Config config;
  for (const Setting& setting : settings_of_url()) {
    RawValue value{environment.get(std::string(setting.name))};
    if (is_unset(value)) continue;
    if (setting.type == SettingType::kTexts) value = raw_list(split(value.text, '\n'));
    setting.assign(config, value);
  }
  ProbeRequest& request = config.health.ask;
  request.url = environment.get(HealthCheck::kUrlVariable);
  for (const char* name : {"BACKSTEP_DIGEST", "BACKSTEP_REVISION", "BACKSTEP_SERVICE"}) {
    const std::string value = environment.get(name);
    if (value.empty() && with_variable(request.body, name, "") != request.body) {
      refuse_usage(fmt::format("'body' names ${}, which is not known here", name));
    }
    request.body = with_variable(request.body, name, value);
  }
  if (request.cacert.empty()) request.cacert = environment.get("SSL_CERT_FILE");
  return request;
}

std::string line_of(const ProbeAnswer& answer, bool as_json) {
  if (!as_json) return answer.sentence + "\n";
  return json_answer("probe", {{"healthy", answer.healthy},
                               {"answer", answer.sentence},
                               {"exit_code", static_cast<int>(answer.healthy ? ExitCode::kOk : kUnhealthy)}})
             .pretty() +
         "\n";
}

}  // namespace

int cmd_check(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  if (!session.config().has_check()) {
    refuse_usage("no health check is set: give --health-check or --health-url");
  }
  session.choose_any();
  const Context& context = session.context_to_run();
  const CheckResults checks = check_health_standalone(context);
  if (checks.stopped) throw Interrupted(context.signals.caught().value_or(SIGTERM));
  if (checks.empty()) refuse_usage("no service here has a health check: nothing was checked");
  const ExitCode code = checks.healthy()            ? ExitCode::kOk
                        : !checks.failed_for_sure() ? ExitCode::kUsage
                                                    : ExitCode::kNotRolledBack;
  session.answer(answer_json(checks, code), answer_text(checks));
  session.report(outcome_of(checks, code));
  return static_cast<int>(code);
}

int cmd_lint(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  const std::vector<std::string> paths = tracked_paths(session);
  session.choose_any();
  const LintReport report =
      lint({session.workspace(), session.patterns(), session.config().lint, session.context().runner}, paths);
  if (report.stopped) throw Interrupted(*report.stopped);
  const ExitCode code = report.errors() > 0 ? ExitCode::kLintFailed : ExitCode::kOk;
  Json json = lint_json(report, json_answer("lint"));
  json.set("exit_code", static_cast<int>(code));
  session.answer(json, lint_text(report));
  session.annotate(report);
  return static_cast<int>(code);
}

int cmd_probe(const Invocation& invocation) {
  const ParsedFlags& flags = invocation.flags;
  ProbeRequest request = request_of(invocation.environment);
  if (!flags.words.empty()) request.url = flags.words.front();
  if (request.url.empty()) refuse_usage("no URL is given: backstep probe http://HOST[:PORT]/PATH");
  const HttpUrl url = parse_http_url(request.url, host_gateway(invocation.environment));
  const bool as_json = flags.has("json");
  leave_last_words(static_cast<int>(kUnhealthy), limit_of(flags));
  const ProbeAnswer answer = probe_http(request, url, [&](const std::string& phase) {
    set_last_words(line_of({false, "timed out while " + phase}, as_json));
  });
  Output(STDOUT_FILENO).say_lines(line_of(answer, as_json));
  return static_cast<int>(answer.healthy ? ExitCode::kOk : kUnhealthy);
}

}  // namespace backstep
