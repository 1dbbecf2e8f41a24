// SPDX-License-Identifier: Apache-2.0
#include "lint/lint.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "lint/script.h"
#include "system/files/durability.h"

namespace backstep {
namespace {

using End = ProcessResult::End;
using Programs = std::set<std::string, std::less<>>;

constexpr size_t kSideBySide = 8;         // shells
constexpr size_t kDescriptorsOfEach = 4;  // its script and three pipes

// From what a shell says of a program on, an exit code is not about the script.
bool is_answer(const ProcessResult& result) { return result.end == End::kExited && result.code < kExitNotExecutable; }

void soften(LintFinding& finding, const std::string& why) {
  finding.only_warns = true;
  finding.what += "; " + why;
}

// A script that its image's shells are asked about, until one accepts it. Where all are here and
// refuse it, or where something else is wrong that a shell may never come to, bash is asked for its
// beginning, up to each `exit` or `exec` before the mistake: the shell ends where that is whole.
class Script {
 public:
  Script(std::string path, UniqueFd file, const ScriptText& text, std::vector<LintFinding> found)
      : path_(std::move(path)),
        file_(std::move(file)),
        found_(std::move(found)),
        bash_(text.sets_extglob ? "\"$BASH\" -O extglob -n" : "\"$BASH\" -n") {
    for (const LintFinding& finding : found_) {
      const bool is_first = mistake_ == 0 || finding.line < mistake_;
      if (finding.stops() && is_first) mistake_ = finding.line;
    }
  }

  void ask_for_syntax(const ScriptText& text) {
    const std::string program = read_shebang(text.first_line).program;
    readings_ = readings_of(program, text.sets_extglob);
    why_skipped_ = text.is_program   ? "it is a program, no script"
                   : program.empty() ? "the first line names no interpreter"
                                     : in_quotes(program) + " has no '-n'";
  }

  // The call to make, whose end goes to take(). `not_here`: programs that were found missing.
  std::optional<ProcessSpec> next(const Programs& not_here) {
    while (!readings_.empty()) {
      std::vector<std::string> call = words_in(readings_.back()->call, " ");
      if (!not_here.contains(call.front())) return shell_call(std::move(call), file_.get());
      pass_over("PATH has no " + in_quotes(call.front()) + " that only root may change");
    }
    if (is_refused_ && !missing_.empty()) {
      soften(found_.back(), std::exchange(missing_, {}) + " may read it, and is not here to be asked");
    }
    if (std::ranges::none_of(found_, &LintFinding::stops)) return std::nullopt;
    if (!ends_) ends_ = ends_before(file_.get(), mistake_);
    if (ends_->empty()) return std::nullopt;
    // By bash alone, so that no other program has to be found.
    const std::string text = fmt::format("mapfile -n {} lines; printf %s \"${{lines[@]}}\" | {}", ends_->back(), bash_);
    return shell_call({"bash", "-c", text}, file_.get());
  }

  void take(const ProcessResult& result, Programs& not_here) {
    if (readings_.empty()) return take_beginning(result);
    const std::string program = words_in(readings_.back()->call, " ").front();
    if (is_answer(result)) {
      take_answer(result);
    } else if (result.end == End::kNotStarted && result.error_number == ENOENT) {
      not_here.insert(program);
    } else {
      pass_over(in_quotes(program) + " " + result.described());
    }
  }

  void hand_over(LintReport& report) {
    if (!is_refused_ && !why_skipped_.empty()) {
      report.skipped.push_back({path_, 0, LintRule::kSyntax, why_skipped_});
    }
    std::ranges::move(found_, std::back_inserter(report.findings));
  }

 private:
  void pass_over(const std::string& why) {
    if (missing_.empty()) {
      missing_ = readings_.back()->name;
      why_skipped_ = why;
    }
    readings_.pop_back();
  }

  void take_answer(const ProcessResult& result) {
    const std::string_view name = readings_.back()->name;
    readings_.pop_back();
    if (result.succeeded()) {
      if (is_refused_) soften(found_.back(), fmt::format("{} reads it, and may be what the service has", name));
      readings_.clear();
      missing_.clear();
      why_skipped_.clear();
      return;
    }
    const Complaint complaint = read_complaint(result.output.text());
    mistake_ = std::max(mistake_, complaint.line);
    if (std::exchange(is_refused_, true)) return;
    found_.push_back({path_, complaint.line, LintRule::kSyntax, fmt::format("{}: {}", name, complaint.said)});
  }

  // bash alone warns of a beginning that ends amid a here-document. Without it nobody is stopped.
  void take_beginning(const ProcessResult& result) {
    const size_t end = ends_->back();
    ends_->pop_back();
    if (is_answer(result) && (!result.succeeded() || result.output.total() > 0)) return;
    for (LintFinding& finding : found_) {
      if (finding.stops()) soften(finding, fmt::format("the script ends before, in line {}", end));
    }
  }

  std::string path_;
  UniqueFd file_;
  std::vector<LintFinding> found_;  // the last one is of the syntax, once it is refused
  std::string bash_;
  std::vector<const Reading*> readings_;  // still to be asked, the next one last
  bool is_refused_ = false;
  size_t mistake_ = 0;   // the line of the first one; of what shells refuse, as far as any comes
  std::string missing_;  // the first reading that could not be asked
  std::string why_skipped_;
  std::optional<std::vector<size_t>> ends_;  // still to be asked for, the next one last
};

// The only loop over scripts and their shells.
class Linting {
 public:
  explicit Linting(const LintJob& job) : job_(job), shells_(job.runner.side_by_side()) {}

  LintReport lint(const std::vector<std::string>& paths) {
    auto path = paths.begin();
    while (!report_.stopped && (path != paths.end() || !asked_.empty())) {
      while (path != paths.end() && asked_.size() < at_a_time_) look_at(*path++);
      if (asked_.empty()) continue;
      for (const SideBySide::Ended& one : shells_->wait()) take(one);
    }
    const auto place = [](const LintFinding& one) { return std::tie(one.file, one.line); };
    std::ranges::stable_sort(report_.findings, {}, place);
    std::ranges::stable_sort(report_.skipped, {}, place);
    return std::move(report_);
  }

 private:
  void look_at(const std::string& path) {
    UniqueFd file = job_.workspace.directory.open_file(path);
    const ScriptText text = read_script(file.get(), path);
    const bool is_entrypoint = !job_.patterns.service_of(path).empty();
    if (!is_entrypoint && !text.first_line.starts_with("#!")) return;
    const size_t key = report_.scripts++;
    const mode_t mode = status_of(file.get(), path).mode;
    std::vector<LintFinding> found = findings_of(path, text, mode, is_entrypoint, job_.settings);
    if (std::ranges::any_of(found, is_reached)) {
      std::ranges::move(found, std::back_inserter(report_.findings));
      return;
    }
    const bool is_right = std::ranges::none_of(found, &LintFinding::stops);
    Script script(path, std::move(file), text, std::move(found));
    if (is_right && is_on(LintRule::kSyntax, job_.settings)) script.ask_for_syntax(text);
    asked_.emplace(key, std::move(script));
    go_on(key);
  }

  // Whether a shell comes to the mistake wherever the script ends.
  static bool is_reached(const LintFinding& finding) {
    return finding.stops() && finding.rule != LintRule::kNulBytes && finding.rule != LintRule::kConflictMarkers;
  }

  void go_on(size_t key) {
    Script& script = asked_.at(key);
    if (std::optional<ProcessSpec> spec = script.next(not_here_)) {
      spec->lock_fd = job_.lock_fd;
      spec->untrusted_tree = job_.workspace.root;
      spec->environment = {"LC_ALL=C"};
      return shells_->start(key, std::move(*spec));
    }
    script.hand_over(report_);
    asked_.erase(key);
  }

  void take(const SideBySide::Ended& one) {
    if (one.result.end == End::kStopped) {
      report_.stopped = one.result.signal;
    } else {
      asked_.at(one.key).take(one.result, not_here_);
      go_on(one.key);
    }
  }

  const LintJob& job_;
  const size_t at_a_time_ =
      std::max(spare_descriptors(kSideBySide * kDescriptorsOfEach) / kDescriptorsOfEach, size_t{1});
  LintReport report_;
  Programs not_here_;
  std::map<size_t, Script> asked_;
  std::unique_ptr<SideBySide> shells_;
};

}  // namespace

size_t LintReport::errors() const { return static_cast<size_t>(std::ranges::count_if(findings, &LintFinding::stops)); }

std::string counted_findings(const LintReport& report) {
  const std::string scripts = counted(report.scripts, "script");
  if (report.scripts == 0) return scripts + ": no tracked file is one";
  if (report.findings.empty()) return scripts + ", nothing found";
  std::vector<std::string> counts;
  if (report.errors() > 0) counts.push_back(counted(report.errors(), "error"));
  if (report.warnings() > 0) counts.push_back(counted(report.warnings(), "warning"));
  return joined(counts, ", ") + " in " + scripts;
}

std::string described(const LintFinding& finding) {
  const std::string line = finding.line == 0 ? "" : fmt::format(":{}", finding.line);
  return fmt::format("{}{}: {}: {}", printable(finding.file), line, row_of(finding.rule).name, finding.what);
}

LintReport lint(const LintJob& job, const std::vector<std::string>& paths) { return Linting(job).lint(paths); }

}  // namespace backstep
