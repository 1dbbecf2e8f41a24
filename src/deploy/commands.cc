// SPDX-License-Identifier: Apache-2.0
#include "deploy/commands.h"

#include <algorithm>

#include "base/text.h"
#include "store/verdicts.h"
#include "system/container.h"

namespace backstep {
namespace {

constexpr Duration kBaselineLimit = std::chrono::seconds(10);

std::string good_revision(const Store& store) {
  const Verdicts verdicts = Verdicts::load(store);
  for (const std::string& digest : verdicts.good_digests()) {
    std::string commit = verdicts.commit_of(digest);
    if (!commit.empty()) return commit;
  }
  return {};
}

const char* phase_name(Step step) {
  switch (step) {
    case Step::kGenerate:
      return "generate";
    case Step::kDeploy:
      return "deploy";
    case Step::kHealthCheck:
      return "health_check";
    case Step::kRollback:
      return "rollback";
  }
  return "";
}

}  // namespace

void Commands::now_live(std::string digest, std::vector<std::string> changed) {
  digest_ = std::move(digest);
  changed_ = std::move(changed);
}

ProcessSpec Commands::spec_for(const char* phase, Duration timeout) const {
  const Context& context = site_.context;
  const std::string& root = context.workspace.root;
  return {.argv = {},
          .environment = {"BACKSTEP_RUN_ID=" + journal_.run, std::string("BACKSTEP_PHASE=") + phase,
                          "BACKSTEP_BACKUP=" + journal_.backup, "BACKSTEP_DIGEST=" + digest_,
                          "BACKSTEP_CHANGED_SERVICES=" + joined(changed_, " "),
                          "BACKSTEP_GOOD_REVISION=" + good_revision(site_.store),
                          "BACKSTEP_HOST_GATEWAY=" + host_gateway(context.environment)},
          .directory = journal_.directory.empty() ? root : root + "/" + journal_.directory,
          .timeout = timeout,
          .grace = journal_.timeouts.stop_grace,
          .leftovers = Leftovers::kKeep,
          .live = context.listener.live_output(),
          .live_prefix = context.listener.live_prefix(),
          .lock_fd = site_.lock.fd()};
}

ProcessResult Commands::run(Step step, const Command& command, Duration timeout) {
  Listener& listener = site_.context.listener;
  listener.step_began(step, command);
  ProcessSpec spec = spec_for(phase_name(step), timeout);
  spec.argv = command.argv();
  ProcessResult result = site_.context.runner.run(spec);
  listener.step_ended(step, result);
  return result;
}

HealthResult Commands::check() {
  Listener& listener = site_.context.listener;
  listener.step_began(Step::kHealthCheck, journal_.health.shown());
  const auto attempt = [&](Duration timeout) {
    return attempt_check(journal_.health, site_.context.runner,
                         spec_for(phase_name(Step::kHealthCheck), timeout));
  };
  HealthResult result =
      run_health_check(journal_.health, site_.context.clock, attempt,
                       [&](const HealthAttempt& told) { listener.attempt(told); });
  listener.check_ended(result);
  return result;
}

ProcessResult Commands::check_once() {
  ProcessSpec spec = spec_for("baseline", std::min(kBaselineLimit, journal_.health.timeout));
  spec.live = nullptr;
  return attempt_check(journal_.health, site_.context.runner, spec);
}

}  // namespace backstep
