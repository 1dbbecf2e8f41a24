// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "cli/session.h"
#include "deploy/story.h"
#include "store/retention.h"

namespace backstep {

int cmd_run(const Invocation& invocation) {
  Session session(invocation);
  const Config& config = session.config();
  if (config.generate.empty() && config.deploy.empty() && !config.has_check()) {
    throw Error(ExitCode::kUsage,
                "nothing to run: set at least one of generate, deploy, health_check and "
                "health_http ('backstep backup' only backs up)");
  }
  require_a_rule(config.retention);
  return session.conclude(run(session.context()));
}

}  // namespace backstep
