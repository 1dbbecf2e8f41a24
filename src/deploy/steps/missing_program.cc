// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include <fmt/core.h>

#include <array>
#include <cerrno>

#include "base/text.h"
#include "system/container.h"

namespace backstep {
namespace {

constexpr size_t kSearchedLines = 20;

// "sh: 1: X: not found" (dash), "sh: X: not found" (ash), "bash: line 1: X: command not found",
// "env: 'X': No such file or directory", "env: can't execute 'X': No such file or directory".
constexpr std::array<std::string_view, 3> kEndings = {": command not found", ": not found",
                                                      ": No such file or directory"};

std::string program_before(std::string_view text) {
  const bool quoted = text.ends_with('\'');
  if (quoted) text.remove_suffix(1);
  const std::string_view begins = quoted ? "'" : ": ";
  const size_t before = text.rfind(begins);
  return before == text.npos ? "" : std::string(text.substr(before + begins.size()));
}

std::string what_is_missing(const std::string& program) {
  if (program.empty()) return "this image lacks a program that the command needs";
  if (program.find('/') == std::string::npos) {
    return "this image has no program " + in_quotes(program);
  }
  return fmt::format("there is no {} here, or this image lacks the interpreter of its first line",
                     in_quotes(program));
}

}  // namespace

std::string missing_program_named_in(std::string_view output) {
  const std::vector<std::string> lines = split(output, '\n');
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    const std::string_view text = trimmed(*line);
    for (const std::string_view ending : kEndings) {
      if (!text.ends_with(ending)) continue;
      return program_before(text.substr(0, text.size() - ending.size()));
    }
  }
  return {};
}

std::string advice_without(const std::string& program, const Environment& environment) {
  if (in_container(environment)) {
    return what_is_missing(program) +
           "; bring backstep to the programs: 'backstep install DIR' copies it out of the image, "
           "COPY --from=IMAGE /usr/local/bin/backstep into another one";
  }
  if (program.empty()) return {};
  return fmt::format("there is no {} here: correct the command, or bring the program",
                     in_quotes(program));
}

std::string missing_program_advice(const ProcessResult& result, const Command& command,
                                   const Environment& environment) {
  if (result.end == ProcessResult::End::kNotStarted && result.error_number == ENOENT) {
    return advice_without(command.argv(Shell::kSh).front(), environment);
  }
  if (result.end != ProcessResult::End::kExited || result.code != kExitNotFound) return {};
  return advice_without(missing_program_named_in(result.output.last_lines(kSearchedLines)),
                        environment);
}

}  // namespace backstep
