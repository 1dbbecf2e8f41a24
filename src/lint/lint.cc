// SPDX-License-Identifier: Apache-2.0
#include "lint/lint.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"
#include "lint/script_text.h"
#include "lint/syntax.h"

namespace backstep {
namespace {

constexpr mode_t kOwnerMayExecute = 0100;

std::string more_lines(const Spot& spot) {
  return spot.lines == 1 ? "" : fmt::format(", and on {}", counted(spot.lines - 1, "more line"));
}

// One script, rule by rule.
class Script {
 public:
  Script(std::string path, const LintSettings& settings, LintReport& report)
      : path_(std::move(path)), settings_(settings), report_(report) {}

  // False: a stop signal came.
  bool lint(const Directory& workspace, const ProcessSpec& spec, ProcessRunner& runner) {
    const UniqueFd file = workspace.open_file(path_);
    mode_ = status_of(file.get(), path_).mode;
    text_ = read_script(file.get(), path_);
    shebang_ = read_shebang(text_.first_line);
    look_at_mode();
    if (!text_.is_program) look_at_bytes();
    const bool go_on = wrong_ || ask_interpreter(file.get(), spec, runner);
    hand_over();
    return go_on;
  }

 private:
  bool is_on(LintRule rule) const {
    const std::vector<std::string>& off = settings_.off;
    return std::ranges::find(off, row_of(rule).name) == off.end();
  }

  void find(LintRule rule, size_t line, std::string what) {
    if (!is_on(rule)) return;
    wrong_ = wrong_ || row_of(rule).stops;
    found_.push_back({.file = path_, .line = line, .rule = rule, .what = std::move(what)});
  }

  void look_at_mode() {
    if ((mode_ & kOwnerMayExecute) != 0) return;
    find(LintRule::kNotExecutable, 0,
         fmt::format("mode {:04o}: who executes it gets 'permission denied'", mode_ & 0777));
  }

  void look_at_bytes() {
    if (text_.blank) return find(LintRule::kEmpty, 0, "it holds nothing");
    look_at_mark();
    const bool wide = text_.mark == ScriptText::Mark::kUtf16;
    if (text_.nul.found() && !wide) {
      find(LintRule::kNulBytes, text_.nul.line, "a NUL byte" + more_lines(text_.nul));
    }
    if (!wide) look_at_first_line();
    if (text_.conflict.found()) {
      find(LintRule::kConflictMarkers, text_.conflict.line,
           in_quotes(text_.conflict.text) + more_lines(text_.conflict));
    }
    look_at_line_ends();
  }

  void look_at_mark() {
    if (text_.mark == ScriptText::Mark::kNone) return;
    const bool wide = text_.mark == ScriptText::Mark::kUtf16;
    find(LintRule::kBom, 1,
         wide ? "it is UTF-16: no kernel and no shell reads it"
              : "a byte order mark hides the first line from the kernel");
  }

  void look_at_first_line() {
    const std::string& line = text_.first_line;
    if (shebang_.interpreter.empty()) {
      return find(LintRule::kNoShebang, 1,
                  line.starts_with("#!")
                      ? "'#!' stands there without an interpreter"
                      : "no '#!' line: who executes it gets 'exec format error'");
    }
    if (has_carriage_return()) {
      find(LintRule::kCrlfShebang, 1,
           fmt::format("a carriage return in {}: 'no such file or directory'",
                       in_quotes(line.substr(0, kShownOfShebang))));
    }
    if (!shebang_.interpreter.starts_with('/')) {
      find(LintRule::kRelativeInterpreter, 1,
           in_quotes(shebang_.interpreter) + " is looked for where the service is started");
    }
  }

  bool has_carriage_return() const { return text_.first_line.find('\r') != std::string::npos; }

  // A file of Windows is one mistake, not two.
  void look_at_line_ends() {
    if (!text_.crlf.found()) return;
    if (has_carriage_return() && is_on(LintRule::kCrlfShebang)) return;
    find(LintRule::kCrlf, text_.crlf.line, "the line ends in CRLF" + more_lines(text_.crlf));
  }

  bool ask_interpreter(int file, const ProcessSpec& spec, ProcessRunner& runner) {
    if (!is_on(LintRule::kSyntax)) return true;
    if (text_.is_program) {
      report_.skipped.push_back({path_, "it is a program, no script"});
      return true;
    }
    SyntaxAnswer answer = check_syntax(shebang_, file, spec, runner);
    switch (answer.kind) {
      case SyntaxAnswer::Kind::kRight:
        break;
      case SyntaxAnswer::Kind::kWrong:
        find(LintRule::kSyntax, answer.line, std::move(answer.said));
        break;
      case SyntaxAnswer::Kind::kSkipped:
        report_.skipped.push_back({path_, std::move(answer.said)});
        break;
      case SyntaxAnswer::Kind::kStopped:
        report_.stopped = answer.signal;
        return false;
    }
    return true;
  }

  void hand_over() {
    std::ranges::stable_sort(found_, {}, &LintFinding::line);
    for (LintFinding& finding : found_) report_.findings.push_back(std::move(finding));
  }

  static constexpr size_t kShownOfShebang = 60;

  std::string path_;
  const LintSettings& settings_;
  LintReport& report_;
  mode_t mode_ = 0;
  ScriptText text_;
  Shebang shebang_;
  std::vector<LintFinding> found_;
  bool wrong_ = false;
};

}  // namespace

size_t LintReport::errors() const {
  return static_cast<size_t>(std::ranges::count_if(
      findings, [](const LintFinding& finding) { return row_of(finding.rule).stops; }));
}

size_t LintReport::warnings() const {
  return findings.size() - errors();
}

std::string counted_findings(const LintReport& report) {
  const std::string scripts = counted(report.scripts, "script");
  if (report.findings.empty()) return scripts + ", nothing found";
  std::vector<std::string> counts;
  if (report.errors() > 0) counts.push_back(counted(report.errors(), "error"));
  if (report.warnings() > 0) counts.push_back(counted(report.warnings(), "warning"));
  return joined(counts, ", ") + " in " + scripts;
}

std::string described(const LintFinding& finding) {
  const std::string line = finding.line == 0 ? "" : fmt::format(":{}", finding.line);
  return fmt::format("{}{}: {}: {}", printable(finding.file), line, row_of(finding.rule).name,
                     finding.what);
}

LintReport Linter::lint(std::span<const std::string> scripts) const {
  ProcessSpec spec;
  spec.directory = workspace_.path();
  spec.grace = Duration(1'000);
  spec.lock_fd = lock_fd_;
  LintReport report;
  for (const std::string& path : scripts) {
    ++report.scripts;
    if (!Script(path, settings_, report).lint(workspace_.directory, spec, runner_)) break;
  }
  return report;
}

}  // namespace backstep
