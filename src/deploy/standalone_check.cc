// SPDX-License-Identifier: Apache-2.0
#include "deploy/standalone_check.h"

namespace backstep {

HealthResult check_alone(const Context& context) {
  const HealthCheck& check = context.config.health;
  const std::string& prefix = context.workspace.prefix;
  ProcessSpec spec;
  spec.argv = check.test.argv();
  spec.environment = {"BACKSTEP_PHASE=health_check"};
  spec.directory = context.workspace.root + (prefix.empty() ? "" : "/" + prefix);
  spec.grace = context.config.timeouts.stop_grace;
  spec.leftovers = Leftovers::kSweep;
  spec.live = context.listener.live_output();
  spec.live_prefix = context.listener.live_prefix();
  context.listener.step_began(Step::kHealthCheck, check.test);
  const auto attempt = [&](Duration timeout) {
    spec.timeout = timeout;
    return context.runner.run(spec);
  };
  HealthResult result =
      run_health_check(check, context.clock, attempt,
                       [&](const HealthAttempt& told) { context.listener.attempt(told); });
  context.listener.check_ended(result);
  return result;
}

}  // namespace backstep
