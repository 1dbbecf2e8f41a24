// SPDX-License-Identifier: Apache-2.0
#include "lint/syntax.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

#include "base/text.h"

namespace backstep {
namespace {

constexpr std::array<std::string_view, 6> kShells = {"sh", "bash", "dash", "ash", "ksh", "zsh"};

std::string base_name(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// `env -S bash -e`, `env LC_ALL=C bash`: options and variables come before the program.
std::string program_behind_env(const std::vector<std::string>& words) {
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i].starts_with('-') || words[i].find('=') != std::string::npos) continue;
    return words[i];
  }
  return {};
}

using End = ProcessResult::End;
using Kind = SyntaxAnswer::Kind;

constexpr Duration kSyntaxLimit = std::chrono::seconds(10);
constexpr int kFirstOfShell = 126;  // from here on an exit code is not about the script
constexpr size_t kLongestComplaint = 200;

std::string why_not_asked(const Shebang& shebang) {
  if (shebang.interpreter.empty()) return "the first line names no interpreter";
  const std::string& program = shebang.command.front();
  const bool relative = !program.starts_with('/') && program.find('/') != std::string::npos;
  if (!shebang.interpreter.starts_with('/') || relative) {
    return in_quotes(relative ? program : shebang.interpreter) + " is no absolute path";
  }
  if (!shebang.checks_syntax()) return in_quotes(shebang.program) + " has no '-n'";
  return {};
}

// Files and options that a shell takes from its environment, and messages in English.
std::vector<std::string> quiet_environment() {
  return {"BASH_ENV=", "ENV=", "SHELLOPTS=", "BASHOPTS=", "LC_ALL=C"};
}

std::vector<std::string> call_of(const Shebang& shebang) {
  std::vector<std::string> argv = shebang.command;
  // zsh reads files of the user's even for a script.
  if (shebang.program == "zsh") argv.emplace_back("-f");
  // `shopt -s extglob` in the script is not run, and what is right behind it would be wrong.
  if (shebang.program == "bash") argv.insert(argv.end(), {"-O", "extglob"});
  argv.emplace_back("-n");
  return argv;
}

SyntaxAnswer skipped(std::string why) {
  return {.kind = Kind::kSkipped, .said = std::move(why)};
}

SyntaxAnswer answer_of(const ProcessResult& result, const Shebang& shebang) {
  if (result.end == End::kStopped) {
    return {.kind = Kind::kStopped, .signal = result.signal};
  }
  if (result.succeeded()) return {};
  if (result.end == End::kExited && result.code < kFirstOfShell) {
    return read_complaint(result.output.text(), shebang.program);
  }
  const std::string& program = shebang.command.front();
  const bool missing = result.end == End::kNotStarted &&
                       (result.error_number == ENOENT || result.error_number == ENOTDIR);
  if (missing) return skipped(in_quotes(program) + " does not exist here");
  return skipped(fmt::format("'{} -n' {}", printable(program), result.described()));
}

bool take_number(std::string_view& text, size_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return true;
}

std::string_view first_line_of(std::string_view output) {
  output = trimmed(output);
  return trimmed(output.substr(0, output.find('\n')));
}

// Behind "NAME:", where NAME is what the shell calls itself.
std::string_view without_name(std::string_view line) {
  const size_t end = line.find(':');
  if (end == std::string_view::npos || line.substr(0, end).find(' ') != std::string_view::npos) {
    return line;
  }
  return trimmed(line.substr(end + 1));
}

// "line 3: WHAT" or "3: WHAT" at the beginning is taken off; "at line 3" is only read.
size_t take_line(std::string_view& text) {
  constexpr std::string_view kLine = "line ";
  size_t line = 0;
  std::string_view rest = text;
  if (rest.starts_with(kLine)) rest.remove_prefix(kLine.size());
  if (take_number(rest, line) && rest.starts_with(':')) {
    text = trimmed(rest.substr(1));
    return line;
  }
  const size_t at = text.find(kLine);
  if (at == std::string_view::npos) return 0;
  rest = text.substr(at + kLine.size());
  return take_number(rest, line) ? line : 0;
}

}  // namespace

bool Shebang::checks_syntax() const {
  return std::ranges::find(kShells, program) != kShells.end();
}

Shebang read_shebang(std::string_view first_line) {
  Shebang shebang;
  if (!first_line.starts_with("#!")) return shebang;
  const std::vector<std::string> words = words_in(first_line.substr(2), " \t\r");
  if (words.empty()) return shebang;
  shebang.interpreter = words.front();
  shebang.command = {words.front()};
  const std::string name = base_name(words.front());
  if (name == "env") {
    shebang.command = {program_behind_env(words)};
  } else if (name == "busybox" && words.size() > 1) {
    shebang.command.push_back(words[1]);
  }
  shebang.program = base_name(shebang.command.back());
  return shebang;
}

SyntaxAnswer read_complaint(std::string_view output, std::string_view program) {
  std::string_view text = without_name(first_line_of(output));
  SyntaxAnswer answer{.kind = Kind::kWrong};
  answer.line = take_line(text);
  if (text.empty()) text = "it is refused without a word";
  answer.said =
      fmt::format("{}: {}", printable(program), printable(text.substr(0, kLongestComplaint)));
  return answer;
}

SyntaxAnswer check_syntax(const Shebang& shebang, int script, ProcessSpec spec,
                          ProcessRunner& runner) {
  std::string why = why_not_asked(shebang);
  if (!why.empty()) return skipped(std::move(why));
  spec.argv = call_of(shebang);
  spec.environment = quiet_environment();
  spec.timeout = kSyntaxLimit;
  spec.leftovers = Leftovers::kSweep;
  spec.input_fd = script;
  return answer_of(runner.run(spec), shebang);
}

}  // namespace backstep
