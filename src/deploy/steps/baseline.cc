// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <csignal>

#include "base/error.h"
#include "base/text.h"
#include "deploy/steps/commands.h"

namespace backstep {
namespace {

std::string whose(const ServiceHealth& failed) {
  return failed.service.empty() ? "the health check" : "the health check of " + failed.service;
}

HealthCheck check_of(const Config& settings, const std::string& service) {
  if (service.empty()) return settings.health;
  return settings.service_checks.of(service).value_or(ServiceCheck()).health;
}

[[noreturn]] void refuse(const HealthCheck& check, const ServiceHealth& failed) {
  const std::vector<std::string> lines = plain_lines(failed.output_tail);
  refuse_usage(fmt::format("{} cannot run: {} {}{}; nothing was changed", whose(failed),
                           in_quotes(check.shown().shown()), failed.ending,
                           lines.empty() ? "" : ": " + lines.back()));
}

void note(const ServiceHealth& failed, Journal& journal) {
  if (failed.asks_for_rollback()) journal.was_unhealthy_before = true;
  journal.unhealthy_before.push_back(failed.service);
}

void note_mute(OpenRun& run, const ServiceHealth& failed) {
  const Config& settings = run.journal.settings;
  const HealthCheck check = check_of(settings, failed.service);
  const Command command = command_for(check.test, failed.service);
  if (look_for_program(run.context, command, settings.shell).may_come) return;
  if (run.context.may_redeploy) refuse(check, failed);
  // In a guard's container programs are missing that the job itself has.
  note(failed, run.journal);
  run.listener.warning(
      fmt::format("{} cannot run in this container ({}): {}", whose(failed), failed.ending,
                  settings.service_checks.empty() ? "the job's status alone will decide"
                                                  : "it will decide nothing"));
}

void tell_unhealthy(Listener& listener, const std::vector<ServiceHealth>& failed) {
  if (failed.empty()) return;
  if (failed.size() == 1) {
    return listener.warning(fmt::format("{} fails already before the deploy ({})",
                                        whose(failed.front()), failed.front().ending));
  }
  std::vector<std::string> names;
  for (const ServiceHealth& service : failed) names.push_back(service.service);
  listener.warning(fmt::format("the health checks of {} fail already before the deploy: {}",
                               counted(names.size(), "service"), listed(names)));
}

void note_failed(OpenRun& run, std::vector<ServiceHealth>& checks) {
  for (const ServiceHealth& health : checks) {
    if (!health.could_run) {
      note_mute(run, health);
    } else if (!health.healthy) {
      note(health, run.journal);
    }
  }
  std::erase_if(checks, [](const auto& health) { return health.healthy || !health.could_run; });
}

}  // namespace

void check_baseline(OpenRun& run, const LiveSet& before) {
  Journal& journal = run.journal;
  if (!journal.settings.has_check() || !journal.settings.health.baseline) return;
  CheckResults checks = Commands(run).check(
      services_there(record_of(before.files), journal.patterns), Thoroughness::kBaseline);
  if (checks.stopped) throw Interrupted(run.context.signals.caught().value_or(SIGTERM));
  std::vector<ServiceHealth> whole;
  if (checks.whole) whole.push_back(std::move(*checks.whole));
  for (auto* failed : {&whole, &checks.services}) note_failed(run, *failed);
  tell_unhealthy(run.listener, whole);
  tell_unhealthy(run.listener, checks.services);
  if (checks.not_run == 0) return;
  run.listener.note(fmt::format("{} had no turn in the ten seconds before the deploy",
                                counted(checks.not_run, "health check")));
}

}  // namespace backstep
