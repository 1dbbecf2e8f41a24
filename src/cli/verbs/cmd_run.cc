// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "cli/session.h"
#include "deploy/run_preview.h"
#include "deploy/story.h"
#include "report/run_preview_report.h"
#include "store/retention/retention.h"

namespace backstep {

namespace {

int preview(Session& session) {
  session.tell_open_run();
  const RunPreview preview = preview_run(session.context());
  for (const std::string& text : preview.live.warnings) session.warn(text);
  session.answer(run_preview_json(preview), run_preview_text(preview));
  return 0;
}

}  // namespace

int cmd_run(const Invocation& invocation) {
  Session session(invocation);
  const Config& config = session.config();
  if (config.generate.empty() && config.deploy.empty() && !config.has_check()) {
    refuse_usage(
        "nothing to run: set at least one of generate, deploy, health_check and "
        "health_http ('backstep backup' only backs up)");
  }
  require_a_rule(config.retention);
  if (invocation.flags.has("dry-run")) return preview(session);
  return session.conclude(run(session.context()));
}

}  // namespace backstep
