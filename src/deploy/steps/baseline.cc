// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "deploy/steps/commands.h"
#include "deploy/steps/step_failure.h"

namespace backstep {
namespace {

std::string whose(const BaselineFailure& failure) {
  return failure.service.empty() ? "the health check" : "the health check of " + failure.service;
}

[[noreturn]] void refuse(const BaselineFailure& failure) {
  const ProcessResult& result = failure.result.last;
  refuse_usage(fmt::format("{} cannot run: {} {}{}; nothing was changed", whose(failure),
                           in_quotes(failure.check.health.shown().shown()), result.described(),
                           result.told.empty() ? quoted_tail(result) : ""));
}

void note(const BaselineFailure& failure, Journal& journal) {
  if (failure.check.on_failure == OnFailure::kRollback) journal.was_unhealthy_before = true;
  journal.unhealthy_before->push_back(failure.service);
}

void note_mute(OpenRun& run, const BaselineFailure& failure) {
  Journal& journal = run.journal;
  const Command command = command_for(failure.check.health.test, failure.service);
  if (look_for_program(run.context, command, journal.settings.shell).may_come) return;
  if (run.context.may_redeploy) refuse(failure);
  // In a guard's container programs are missing that the job itself has.
  note(failure, journal);
  const bool alone = journal.settings.service_checks.empty();
  run.listener.warning(fmt::format(
      "{} cannot run in this container ({}): {}", whose(failure), failure.result.last.described(),
      alone ? "the job's status alone will decide" : "it will decide nothing"));
}

void tell_unhealthy(Listener& listener, const std::vector<const BaselineFailure*>& services) {
  if (services.empty()) return;
  if (services.size() == 1) {
    return listener.warning(fmt::format("{} fails already before the deploy ({})",
                                        whose(*services.front()),
                                        services.front()->result.last.described()));
  }
  std::vector<std::string> names;
  for (const BaselineFailure* failure : services) names.push_back(failure->service);
  listener.warning(fmt::format("the health checks of {} fail already before the deploy: {}",
                               counted(names.size(), "service"), listed(names)));
}

void tell(Listener& listener, const Baseline& baseline) {
  std::vector<const BaselineFailure*> services;
  for (const BaselineFailure& failure : baseline.failed) {
    if (failure.result.cannot_run) continue;
    if (!failure.service.empty()) services.push_back(&failure);
    if (failure.service.empty()) tell_unhealthy(listener, {&failure});
  }
  tell_unhealthy(listener, services);
  if (baseline.not_run == 0) return;
  listener.note(fmt::format("{} had no turn in the ten seconds before the deploy",
                            counted(baseline.not_run, "health check")));
}

}  // namespace

void check_baseline(OpenRun& run, const LiveSet& before) {
  Journal& journal = run.journal;
  if (!journal.settings.has_check() || !journal.settings.health.baseline) return;
  const Baseline baseline =
      Commands(run).check_once(services_there(record_of(before.files), journal.patterns));
  if (baseline.stopped_by) throw Interrupted(*baseline.stopped_by);
  journal.unhealthy_before.emplace();
  for (const BaselineFailure& failure : baseline.failed) {
    failure.result.cannot_run ? note_mute(run, failure) : note(failure, journal);
  }
  tell(run.listener, baseline);
}

}  // namespace backstep
