// SPDX-License-Identifier: Apache-2.0
#include "backup/tracked/tracked_files.h"
#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "lint/lint.h"
#include "report/lint_text.h"

namespace backstep {
namespace {

// What a run would refuse (a symlink, a FIFO) is refused here too.
std::vector<std::string> entrypoints(const Session& session) {
  Patterns services = session.patterns();
  services.files.clear();
  const TrackedFiles tracked =
      find_tracked_files(session.workspace().directory, services, session.backups_dir());
  if (tracked.services_dir_missing) {
    refuse_usage("nothing to lint: the services directory " + services_dirs_words(services) +
                 " does not exist");
  }
  return tracked.present_paths();
}

}  // namespace

int cmd_lint(const Invocation& invocation) {
  Session session(invocation);
  session.tell_open_run();
  const std::vector<std::string> scripts = entrypoints(session);
  session.choose_any();
  const Linter linter(session.workspace(), session.config().lint, session.context().runner);
  const LintReport report = linter.lint(scripts);
  if (report.stopped) throw Interrupted(*report.stopped);
  const ExitCode code = report.errors() > 0 ? ExitCode::kLintFailed : ExitCode::kOk;
  Json json = lint_json(report, json_answer("lint"));
  json.set("exit_code", static_cast<int>(code));
  session.answer(json, lint_text(report));
  session.annotate(report);
  return static_cast<int>(code);
}

}  // namespace backstep
