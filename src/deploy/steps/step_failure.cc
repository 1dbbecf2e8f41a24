// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "deploy/steps/commands.h"

namespace backstep {
namespace {

constexpr size_t kTailLines = 20;
constexpr size_t kWarned = 10;  // unhealthy services that are told one by one

void warn_of_unhealthy(const Context& context, const CheckResults& checks) {
  size_t told = 0;
  for (const ServiceHealth& health : checks.services) {
    if (!health.only_warns() || ++told > kWarned) continue;
    context.listener.warning(
        fmt::format("the health check of {} fails: {}; the new version stays, for its on_failure "
                    "is warn",
                    health.service, health.described));
  }
  if (told > kWarned) {
    context.listener.warning(fmt::format("{} more services are unhealthy", told - kWarned));
  }
}

// Only of what this run changed: of the rest nothing new is known.
void note_judged(const CheckResults& checks, const std::vector<std::string>& changed, Journal& journal) {
  journal.passed_services.clear();
  journal.failed_services.clear();
  for (const ServiceHealth& health : checks.services) {
    if (std::ranges::find(changed, health.service) == changed.end()) continue;
    if (health.healthy) journal.passed_services.push_back(health.service);
    if (!health.healthy && health.could_run) journal.failed_services.push_back(health.service);
  }
}

// Whether what answers is the version that was live before, whichever process says it. Where no
// generator ran, a checkout may have brought new files before this run began.
bool brings_nothing_new(const OpenRun& run) {
  if (!run.outcome.unchanged || !run.outcome.changed.empty()) return false;
  if (!run.journal.begun() && !run.journal.settings.generate.empty()) return true;
  return Verdicts::load(run.store).of(run.journal.digest) == Verdict::kGood;
}

}  // namespace

StepFailure failure_of(Step step, const ProcessResult& result) {
  StepFailure failure;
  failure.shown = {std::string(name_of(step)), result.described(),
                   result.told.empty() ? result.output.last_lines(kTailLines) : ""};
  if (result.end == ProcessResult::End::kStopped) failure.signal = result.signal;
  failure.exit_code = result.code;
  return failure;
}

StepFailure failure_of(const CheckResults& checks) {
  return {.shown = {std::string(name_of(Step::kHealthCheck)), failure_words(checks), tail_of(checks)},
          .checks = checks,
          .advice = checks.advice};
}

std::optional<StepFailure> stopped_by_signal(const Context& context) {
  const std::optional<int> signal = context.signals.caught();
  if (!signal) return std::nullopt;
  return StepFailure{.shown = {"run", fmt::format("was stopped by signal {}", *signal), ""}, .signal = signal};
}

std::string summary_of(const Context& context, const StepFailure& failure) {
  return context.secrets.hidden_in(failure.shown.step + " " + failure.shown.described);
}

std::optional<StepFailure> judge_health(OpenRun& run) {
  Journal& journal = run.journal;
  if (!journal.settings.has_check()) return std::nullopt;
  const Context& context = run.context;
  const auto services = services_there(journal.recorded.value_or(std::vector<RecordedFile>()), journal.patterns);
  for (const std::string& text : entries_without_service(journal.settings.service_checks, services)) {
    context.listener.warning(text);
  }
  const CheckResults checks =
      Commands(run).check(services, brings_nothing_new(run) ? Thoroughness::kOnePass : Thoroughness::kFull);
  run.outcome.attempts = checks.attempts();
  run.outcome.service_checks = checks.services;
  if (checks.stopped) return stopped_by_signal(context);
  note_judged(checks, run.outcome.changed, journal);
  if (!checks.healthy()) return failure_of(checks);
  warn_of_unhealthy(context, checks);
  run.outcome.proof = checks.proof();
  journal.passed_check = checks.passed();
  return stopped_by_signal(context);
}

}  // namespace backstep
