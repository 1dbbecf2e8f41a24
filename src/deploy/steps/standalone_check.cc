// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/standalone_check.h"

#include "system/container.h"

namespace backstep {
namespace {

ProcessSpec common_spec(const Context& context) {
  ProcessSpec spec;
  spec.environment = {"BACKSTEP_HOST_GATEWAY=" + host_gateway(context.environment)};
  spec.directory = context.workspace.path();
  spec.grace = context.config.timeouts.stop_grace;
  spec.live = context.listener.live_output();
  spec.live_prefix = context.listener.live_prefix();
  return spec;
}

}  // namespace

Checkup check_alone(const Context& context) {
  const std::vector<std::string> services =
      services_here(context.workspace, context.patterns, context.place);
  for (const std::string& text : entries_without_service(context.config.service_checks, services)) {
    context.listener.warning(text);
  }
  return check_up(context, {.whole = context.config.health,
                            .checks = context.config.service_checks,
                            .services = services,
                            .phase = "health_check",
                            .spec = [&] { return common_spec(context); }});
}

}  // namespace backstep
