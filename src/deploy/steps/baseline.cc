// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/baseline.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "deploy/steps/command_look.h"
#include "deploy/steps/commands.h"
#include "deploy/steps/service_names.h"
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

// Notes in the journal what failed before the deploy, and warns of it.
class BaselineNotes {
 public:
  explicit BaselineNotes(OpenRun& run) : context_(run.context), journal_(run.journal) {
    journal_.unhealthy_before.emplace();
  }

  void take(const BaselineFailure& failure) {
    if (!failure.result.cannot_run) return note_unhealthy(failure);
    const Command command = command_for(failure.check.health.test, failure.service);
    if (look_for_program(context_, command, journal_.settings.shell).may_come) return;
    if (context_.may_redeploy) refuse(failure);
    // In a guard's container programs are missing that the job itself has.
    note(failure);
    const bool alone = journal_.settings.service_checks.empty();
    context_.listener.warning(fmt::format(
        "{} cannot run in this container ({}): {}", whose(failure), failure.result.last.described(),
        alone ? "the job's status alone will decide" : "it will decide nothing"));
  }

  void tell(size_t not_run) {
    Listener& listener = context_.listener;
    if (unhealthy_.size() == 1) {
      listener.warning(fmt::format("the health check of {} fails already before the deploy ({})",
                                   unhealthy_.front(), described_));
    } else if (!unhealthy_.empty()) {
      listener.warning(fmt::format("the health checks of {} fail already before the deploy: {}",
                                   counted(unhealthy_.size(), "service"), listed(unhealthy_)));
    }
    if (not_run > 0) {
      listener.note(fmt::format("{} had no turn in the ten seconds before the deploy",
                                counted(not_run, "health check")));
    }
  }

 private:
  void note(const BaselineFailure& failure) {
    if (failure.check.on_failure == OnFailure::kRollback) journal_.was_unhealthy_before = true;
    journal_.unhealthy_before->push_back(failure.service);
  }

  void note_unhealthy(const BaselineFailure& failure) {
    const std::string described = failure.result.last.described();
    note(failure);
    if (failure.service.empty()) {
      context_.listener.warning(
          fmt::format("the health check fails already before the deploy ({})", described));
      return;
    }
    unhealthy_.push_back(failure.service);
    described_ = described;
  }

  const Context& context_;
  Journal& journal_;
  std::vector<std::string> unhealthy_;
  std::string described_;
};

}  // namespace

void check_baseline(OpenRun& run, const LiveSet& before) {
  const Config& settings = run.journal.settings;
  if (!settings.has_check() || !settings.health.baseline) return;
  Commands commands(run);
  commands.now_live(before.digest, {});
  const Baseline baseline =
      commands.check_once(services_there(record_of(before.files), run.journal.patterns));
  if (baseline.stopped_by) throw Interrupted(*baseline.stopped_by);
  BaselineNotes notes(run);
  for (const BaselineFailure& failure : baseline.failed) notes.take(failure);
  notes.tell(baseline.not_run);
}

}  // namespace backstep
