// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/baseline.h"

#include <fmt/core.h>

#include "base/error.h"
#include "base/text.h"
#include "deploy/steps/commands.h"
#include "deploy/steps/missing_program.h"
#include "deploy/steps/step_failure.h"

namespace backstep {
namespace {

Command command_for(const BaselineAnswer& answer) {
  Command command = answer.check.test;
  command.text = url_of_service(command.text, answer.service);
  for (std::string& word : command.list) word = url_of_service(word, answer.service);
  return command;
}

std::string whose(const BaselineAnswer& answer) {
  return answer.service.empty() ? "the health check" : "the health check of " + answer.service;
}

[[noreturn]] void refuse(const Context& context, const BaselineAnswer& answer) {
  const ProcessResult& result = answer.result;
  const std::string advice = missing_program_advice(result, answer.check.test, context.environment);
  throw Error(ExitCode::kUsage,
              fmt::format("{} cannot run: {} {}{}; nothing was changed{}{}", whose(answer),
                          in_quotes(answer.check.shown().shown()), result.described(),
                          result.told.empty() ? quoted_tail(result) : "",
                          advice.empty() ? "" : "; ", advice));
}

class AskingBefore {
 public:
  AskingBefore(const Context& context, Journal& journal) : context_(context), journal_(journal) {
    journal_.unhealthy_before.emplace();
  }

  void take(const BaselineAnswer& answer) {
    if (!answer.cannot_run) return note_unhealthy(answer);
    if (names_missing_file(command_for(answer), context_.workspace)) return;
    if (context_.may_redeploy) refuse(context_, answer);
    // A guard's container lacks the programs of the checkout's check; the job has its own.
    note(answer);
    const bool alone = journal_.settings.service_checks.empty();
    context_.listener.warning(fmt::format(
        "{} cannot run in this container ({}): {}", whose(answer), answer.result.described(),
        alone ? "the job's status alone will decide" : "it will decide nothing"));
  }

  void tell(size_t not_asked) {
    Listener& listener = context_.listener;
    if (unhealthy_.size() == 1) {
      listener.warning(fmt::format("the health check of {} fails already before the deploy ({})",
                                   unhealthy_.front(), described_));
    } else if (!unhealthy_.empty()) {
      listener.warning(fmt::format("the health checks of {} fail already before the deploy: {}",
                                   counted(unhealthy_.size(), "service"), listed(unhealthy_)));
    }
    if (not_asked > 0) {
      listener.note(fmt::format("{} had no turn in the ten seconds before the deploy",
                                counted(not_asked, "health check")));
    }
  }

 private:
  void note(const BaselineAnswer& answer) {
    if (answer.on_failure == OnFailure::kRollback) journal_.was_unhealthy_before = true;
    journal_.unhealthy_before->push_back(answer.service);
  }

  void note_unhealthy(const BaselineAnswer& answer) {
    const std::string described = answer.result.described();
    note(answer);
    if (answer.service.empty()) {
      context_.listener.warning(
          fmt::format("the health check fails already before the deploy ({})", described));
      return;
    }
    unhealthy_.push_back(answer.service);
    described_ = described;
  }

  const Context& context_;
  Journal& journal_;
  std::vector<std::string> unhealthy_;
  std::string described_;
};

}  // namespace

void check_baseline(const Site& site, Journal& journal, const LiveSet& before) {
  if (!journal.settings.has_check() || !site.context.config.health.baseline) return;
  Commands commands(site, journal);
  commands.now_live(before.digest, {});
  const Baseline baseline =
      commands.check_once(services_there(record_of(before.files), journal.patterns));
  if (baseline.stopped_by) throw Interrupted(*baseline.stopped_by);
  AskingBefore asking(site.context, journal);
  for (const BaselineAnswer& answer : baseline.failed) asking.take(answer);
  asking.tell(baseline.not_asked);
}

}  // namespace backstep
