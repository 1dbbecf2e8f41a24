// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/lint_step.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "lint/lint.h"

namespace backstep {
namespace {

constexpr size_t kMostErrorsShown = 20;

// The errors, as the tail of a failed command is shown.
std::string error_lines(const LintReport& report) {
  std::vector<std::string> lines;
  for (const LintFinding& finding : report.findings) {
    if (row_of(finding.rule).stops) lines.push_back(described(finding));
  }
  if (lines.size() > kMostErrorsShown) {
    const size_t more = lines.size() - kMostErrorsShown;
    lines.resize(kMostErrorsShown);
    lines.push_back(fmt::format("… and {}", counted(more, "more error")));
  }
  return joined(lines, "\n");
}

std::string rules_that_stopped(const LintReport& report) {
  std::vector<std::string> names;
  for (const LintFinding& finding : report.findings) {
    const std::string name(row_of(finding.rule).name);
    if (!row_of(finding.rule).stops) continue;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return joined(names, ",");
}

StepFailure failure_of_lint(const LintReport& report) {
  const std::string errors = counted(report.errors(), "error");
  return {
      .shown = {"lint", fmt::format("found {} in {}", errors, counted(report.scripts, "script")),
                error_lines(report)},
      .code = ExitCode::kLintFailed,
      .advice = fmt::format("mend what generates them; a rule that does not fit these scripts is "
                            "off with lint_off: {}",
                            rules_that_stopped(report))};
}

StepFailure stopped_in_lint(int signal) {
  return {.shown = {"lint", fmt::format("was stopped by {}", spoken_signal(signal)), ""},
          .signal = signal};
}

}  // namespace

std::vector<std::string> changed_entrypoints(const LiveSet& before, const LiveSet& now,
                                             const Patterns& patterns) {
  std::vector<std::string> changed;
  for (const FileEntry& entry : now.files) {
    if (entry.absent) continue;
    if (patterns.service_of(entry.path).empty()) continue;
    const FileEntry* old = find_entry(before.files, entry.path);
    if (old != nullptr && !old->absent && same_version(*old, entry)) continue;
    changed.push_back(entry.path);
  }
  return changed;
}

std::optional<StepFailure> lint_changed(OpenRun& run, const LiveSet& before, const LiveSet& now) {
  const Context& context = run.context;
  LintReport& report = run.outcome.lint;
  const LintSettings& settings = context.config.lint;
  const std::vector<std::string> scripts = changed_entrypoints(before, now, context.patterns);
  if (!settings.enabled || scripts.empty()) return std::nullopt;
  const Duration start = context.clock.steady();
  const Linter linter(context.workspace, settings, context.runner, run.site.lock.fd());
  report = linter.lint(scripts);
  context.listener.linted(report, context.clock.steady() - start);
  if (report.stopped) return stopped_in_lint(*report.stopped);
  if (report.errors() > 0) return failure_of_lint(report);
  return stopped_by_signal(context);
}

}  // namespace backstep
