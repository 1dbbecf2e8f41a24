// SPDX-License-Identifier: Apache-2.0
#include "lint/script.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"

namespace backstep {
namespace {

constexpr mode_t kOwnerMayExecute = 0100;

class Rules {
 public:
  Rules(const std::string& path, const ScriptText& text, const LintSettings& settings)
      : path_(path), text_(text), settings_(settings), shebang_(read_shebang(text.first_line)) {}

  std::vector<LintFinding> found() { return std::move(found_); }

  void look_at_mode(mode_t mode) {
    if ((mode & kOwnerMayExecute) != 0) return;
    find(LintRule::kNotExecutable, 0,
         fmt::format("mode {:04o}: who executes it gets 'permission denied'", mode & 0777));
  }

  void look_at_bytes() {
    if (text_.blank) return find(LintRule::kEmpty, 0, "it holds nothing");
    if (text_.mark == ScriptText::Mark::kUtf16) {
      find(LintRule::kBom, 1, "it is UTF-16: no kernel and no shell reads it");
    } else {
      if (text_.mark != ScriptText::Mark::kNone) {
        find(LintRule::kBom, 1, "a byte order mark hides the first line from the kernel");
      }
      find_at(LintRule::kNulBytes, text_.nul, "a NUL byte");
      look_at_first_line();
    }
    find_at(LintRule::kConflictMarkers, text_.conflict, in_quotes(text_.conflict.text));
    // A file of Windows is one mistake, not two.
    if (has_carriage_return() && is_on(LintRule::kCrlfShebang, settings_)) return;
    find_at(LintRule::kCrlf, text_.crlf, "the line ends in CRLF");
  }

 private:
  void find(LintRule rule, size_t line, std::string what) {
    if (!is_on(rule, settings_)) return;
    found_.push_back({.file = path_, .line = line, .rule = rule, .what = std::move(what)});
  }

  void find_at(LintRule rule, const Spot& spot, const std::string& what) {
    if (!spot.found()) return;
    const std::string more = spot.lines == 1 ? "" : fmt::format(", and on {}", counted(spot.lines - 1, "more line"));
    find(rule, spot.line, what + more);
  }

  void look_at_first_line() {
    const std::string& line = text_.first_line;
    if (shebang_.interpreter.empty()) {
      return find(LintRule::kNoShebang, 1,
                  line.starts_with("#!") ? "'#!' stands there without an interpreter"
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

  static constexpr size_t kShownOfShebang = 60;

  const std::string& path_;
  const ScriptText& text_;
  const LintSettings& settings_;
  const Shebang shebang_;
  std::vector<LintFinding> found_;
};

}  // namespace

bool is_on(LintRule rule, const LintSettings& settings) {
  return std::ranges::find(settings.off, row_of(rule).name) == settings.off.end();
}

std::vector<LintFinding> findings_of(const std::string& path, const ScriptText& text, mode_t mode, bool is_entrypoint,
                                     const LintSettings& settings) {
  Rules rules(path, text, settings);
  if (is_entrypoint) rules.look_at_mode(mode);
  if (!text.is_program) rules.look_at_bytes();
  return rules.found();
}

}  // namespace backstep
