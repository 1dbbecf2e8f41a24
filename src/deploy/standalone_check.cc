// SPDX-License-Identifier: Apache-2.0
#include "deploy/standalone_check.h"

#include "system/container.h"

namespace backstep {

HealthResult check_alone(const Context& context) {
  const HealthCheck& check = context.config.health;
  const std::string& prefix = context.workspace.prefix;
  ProcessSpec spec;
  spec.environment = {"BACKSTEP_PHASE=health_check",
                      "BACKSTEP_HOST_GATEWAY=" + host_gateway(context.environment)};
  spec.directory = context.workspace.root + (prefix.empty() ? "" : "/" + prefix);
  spec.grace = context.config.timeouts.stop_grace;
  spec.live = context.listener.live_output();
  spec.live_prefix = context.listener.live_prefix();
  context.listener.step_began(Step::kHealthCheck, check.shown());
  const auto attempt = [&](Duration timeout) {
    spec.timeout = timeout;
    return attempt_check(check, context.runner, spec);
  };
  HealthResult result =
      run_health_check(check, context.clock, attempt,
                       [&](const HealthAttempt& told) { context.listener.attempt(told); });
  context.listener.check_ended(result);
  return result;
}

}  // namespace backstep
