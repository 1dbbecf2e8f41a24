// SPDX-License-Identifier: Apache-2.0
#include "deploy/step_failure.h"

#include <fmt/core.h>

#include "base/text.h"
#include "deploy/commands.h"
#include "deploy/missing_program.h"

namespace backstep {
namespace {

constexpr size_t kTailLines = 20;

}  // namespace

StepFailure failure_of(Step step, const ProcessResult& result) {
  StepFailure failure;
  failure.shown = {std::string(name_of(step)), result.described(),
                   result.told.empty() ? result.output.last_lines(kTailLines) : ""};
  if (result.end == ProcessResult::End::kStopped) failure.signal = result.signal;
  return failure;
}

StepFailure failure_of_check(const HealthResult& result) {
  StepFailure failure = failure_of(Step::kHealthCheck, result.last);
  failure.check_failed = true;
  failure.check_could_run = !result.cannot_run;
  failure.check_output = result.last.output.text();
  failure.shown.described = fmt::format("{} ({}, {})", result.last.described(), result.reason,
                                        counted(static_cast<size_t>(result.attempts), "attempt"));
  return failure;
}

std::optional<StepFailure> stopped_by_signal(const Context& context) {
  const std::optional<int> signal = context.signals.caught();
  if (!signal) return std::nullopt;
  StepFailure failure;
  failure.shown = {"run", fmt::format("was stopped by signal {}", *signal), ""};
  failure.signal = signal;
  return failure;
}

std::optional<StepFailure> judge_health(const Site& site, Journal& journal, Outcome& outcome) {
  if (journal.health.empty()) return std::nullopt;
  Commands commands(site, journal);
  commands.now_live(journal.digest, outcome.changed);
  const HealthResult result = commands.check();
  outcome.attempts = result.attempts;
  if (result.verdict == HealthResult::Verdict::kStopped) return stopped_by_signal(site.context);
  if (!result.healthy()) {
    StepFailure failure = failure_of_check(result);
    failure.advice =
        missing_program_advice(result.last, journal.health.test, site.context.environment);
    return failure;
  }
  journal.passed_check = true;
  return stopped_by_signal(site.context);
}

std::string quoted_tail(const ProcessResult& result) {
  const std::string line = result.output.last_lines(1);
  const std::string_view text = trimmed(line);
  return text.empty() ? "" : ": " + printable(text);
}

}  // namespace backstep
