// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <set>

#include "base/error.h"
#include "base/text.h"
#include "lint/lint.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

// What takes the place of these two are inodes of ours. What lies there may be any file or
// directory of root's: the owner of the tree can have moved it here while the generator ran. So it
// is handed over only where he can read it anyway.
void require_open(bool is_open) {
  if (!is_open) throw Error(ExitCode::kInternal, "it is a hard link, or not all may read it");
}

void hand_over_file(const Directory& root, const std::string& path, Owner owner) {
  const FoundFile file = root.open_regular_file(path);
  require_open(file.status.links == 1 && (file.status.mode & 04) != 0);
  StagedFile copy(root, path);
  copy.copy_from(file.fd.get(), file.status.size, path);
  copy.set_mode_and_owner(file.status.mode & 0777, owner);
  copy.finish_unsynced();
  copy.commit();
}

// Where root has made this directory, and so the generator, which is root here; false: it stays.
bool hand_over_directory(const Directory& root, const std::string& path, const LiveSet& before, Owner owner) {
  const bool was_there = std::ranges::any_of(
      before.files, [&](const FileEntry& file) { return !file.absent && file.path.starts_with(path + "/"); });
  const Directory old = root.open_directory(path);
  const FileStatus status = old.own_status();
  if (status.uid != 0 || was_there) return false;
  require_open((status.mode & 05) == 05);
  const auto move_all = [](const Directory& from, const Directory& to) {
    for (const std::string& name : from.list()) from.rename(name, to, name, IfExists::kReplace);
  };
  const std::string staged = StagedFile::temporary_name(path);
  const Directory made = root.make_directories(staged, owner, status.mode & 0777);
  try {
    move_all(old, made);
    if (!root.exchange(staged, root, path)) throw SystemError("exchange", path, EINVAL);
  } catch (const Error&) {
    move_all(made, old);
    root.remove_directory(staged);
    throw;
  }
  return root.remove_directory(staged);
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
      .shown = {"lint", fmt::format("found {} in {}", errors, counted(report.scripts, "script")), error_lines(report)},
      .code = ExitCode::kLintFailed,
      .advice = fmt::format("mend what generates these scripts, or only where the rule is wrong, set lint_off: {}",
                            rules_that_stopped(report))};
}

std::vector<std::string> changed_and_present(const LiveSet& before, const LiveSet& now) {
  std::vector<std::string> paths = paths_changed_between(before.files, now.files);
  std::erase_if(paths, [&](const std::string& path) { return find_present(now.files, path) == nullptr; });
  return paths;
}

}  // namespace

bool give_generated_to_owner(const Site& site, const LiveSet& before, const LiveSet& live) {
  const Directory& root = site.context.workspace.directory;
  const FileStatus workspace = root.own_status();
  if (effective_user() != 0 || workspace.uid == 0 || !may_change_owner()) return false;
  bool changed = false;
  for (const FileEntry& file : live.files) {
    if (file.absent || file.owner.uid != 0) continue;
    const FileEntry* then = find_entry(before.files, file.path);
    const bool is_new = then == nullptr || then->absent;
    const Owner owner = is_new ? workspace.owner() : then->owner;
    if (owner.uid == 0) continue;
    std::string at = file.path;
    try {
      hand_over_file(root, at, owner);
      changed = true;
      if (!is_new) continue;
      do {
        at = std::string(parts_of(at).parent);
      } while (!at.empty() && hand_over_directory(root, at, before, owner));
    } catch (const Error& error) {
      site.context.listener.warning(
          fmt::format("{}, which the generator made, stays root's: {}", printable(at), error.message()));
    }
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
