// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <set>

#include "base/error.h"
#include "base/text.h"
#include "lint/lint.h"
#include "system/files/directory.h"

namespace backstep {
namespace {

// Up to the first that is not root's: that one's owner can remove what is beneath it. Not above
// services_dir, where the generator has no business.
std::vector<std::string> roots_directories_above(const std::string& path, const Directory& root,
                                                 const Patterns& patterns) {
  std::vector<std::string> directories;
  for (const std::string& pattern : patterns.services_dirs) {
    const std::string fixed = fixed_part(pattern);
    if (fixed.empty() || !path.starts_with(fixed + "/")) continue;
    for (std::string_view at = parts_of(path).parent; at.size() >= fixed.size();
         at = parts_of(at).parent) {
      if (root.open_directory(at).own_status().uid != 0) break;
      directories.emplace_back(at);
    }
    break;
  }
  return directories;
}

constexpr size_t kMostErrorsShown = 20;

// The errors, as the tail of a failed command is shown.
std::string error_lines(const LintReport& report) {
  std::vector<std::string> lines;
  for (const LintFinding& finding : report.findings) {
    if (finding.stops()) lines.push_back(described(finding));
  }
  if (lines.size() > kMostErrorsShown) {
    const size_t more = lines.size() - kMostErrorsShown;
    lines.resize(kMostErrorsShown);
    lines.push_back(fmt::format("… and {}", counted(more, "more error")));
  }
  return joined(lines, "\n");
}

std::string rules_that_stopped(const LintReport& report) {
  std::set<std::string> names;
  for (const LintFinding& finding : report.findings) {
    if (finding.stops()) names.emplace(row_of(finding.rule).name);
  }
  return joined(std::vector(names.begin(), names.end()), ",");
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

std::vector<std::string> changed_and_present(const LiveSet& before, const LiveSet& now) {
  std::vector<std::string> paths = paths_changed_between(before.files, now.files);
  std::erase_if(paths,
                [&](const std::string& path) { return find_present(now.files, path) == nullptr; });
  return paths;
}

}  // namespace

bool give_generated_to_owner(const Site& site, const LiveSet& before, const LiveSet& live) {
  const Directory& root = site.context.workspace.directory;
  const FileStatus workspace = root.own_status();
  if (effective_user() != 0 || workspace.uid == 0 || !may_change_owner()) return false;
  bool changed = false;
  try {
    for (const FileEntry& file : live.files) {
      if (file.absent || file.owner.uid != 0) continue;
      const FileEntry* then = find_entry(before.files, file.path);
      const bool is_new = then == nullptr || then->absent;
      const Owner owner = is_new ? workspace.owner() : then->owner;
      if (owner.uid == 0) continue;
      changed = give_to(root.open_file(file.path).get(), owner, file.path) || changed;
      if (!is_new) continue;
      for (const std::string& each :
           roots_directories_above(file.path, root, site.context.patterns)) {
        changed = give_to(root.open_directory(each).fd(), owner, each) || changed;
      }
    }
  } catch (const Error& error) {
    site.context.listener.warning("what the generator made stays root's: " + error.message());
  }
  return changed;
}

std::optional<StepFailure> lint_changed(OpenRun& run, const LiveSet& before, const LiveSet& now) {
  const Context& context = run.context;
  LintReport& report = run.outcome.lint;
  const LintSettings& settings = context.config.lint;
  if (!settings.enabled) return std::nullopt;
  const Duration start = context.clock.steady();
  report = lint({context.workspace, context.patterns, settings, context.runner, run.site.lock.fd()},
                changed_and_present(before, now));
  if (report.scripts == 0) return std::nullopt;
  context.listener.linted(report, context.clock.steady() - start);
  if (report.stopped) {
    const std::string stopped = "was stopped by " + spoken_signal(*report.stopped);
    return StepFailure{.shown = {"lint", stopped, ""}, .signal = report.stopped};
  }
  if (report.errors() > 0) return failure_of_lint(report);
  return stopped_by_signal(context);
}

}  // namespace backstep
