// SPDX-License-Identifier: Apache-2.0
#include "lint/script.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "system/fd.h"
#include "system/files/beneath.h"

namespace backstep {
namespace {

constexpr Duration kLimit = std::chrono::seconds(10);
constexpr size_t kLongestComplaint = 200;

// Debian's sh is dash, Alpine's is busybox's, Red Hat's is bash; the likeliest comes first. A
// script may switch on bash's extglob, which `-n` does not see, for it runs nothing.
constexpr auto kReadings = std::to_array<Reading>({
    {"sh", "dash", "dash -n"},
    {"sh", "busybox's sh", "busybox ash -n"},
    {"sh", "bash as sh", "bash --posix -n"},
    {"sh", "bash as sh with extglob", "bash --posix -O extglob -n"},
    {"bash", "bash", "bash -n"},
    {"bash", "bash with extglob", "bash -O extglob -n"},
    {"dash", "dash", "dash -n"},
    {"busybox", "busybox's sh", "busybox ash -n"},
    {"ash", "busybox's ash", "busybox ash -n"},
    {"ash", "dash as ash", "dash -n"},
    {"ksh", "ksh93", "ksh93 -n"},
    {"ksh", "mksh", "mksh -n"},
    {"zsh", "zsh", "zsh -f -n"},  // else it reads files of the user's even for a script
});

}  // namespace

Shebang read_shebang(std::string_view first_line) {
  Shebang shebang;
  if (!first_line.starts_with("#!")) return shebang;
  const std::vector<std::string> words = words_in(first_line.substr(2), " \t\r");
  if (words.empty()) return shebang;
  shebang.interpreter = words.front();
  shebang.program = parts_of(words.front()).name;
  if (shebang.program == "env") {
    // `env -S bash -e`, `env LC_ALL=C bash`: options and variables come before the program.
    const auto program = std::find_if(words.begin() + 1, words.end(), [](const auto& word) {
      return !word.starts_with('-') && word.find('=') == std::string::npos;
    });
    shebang.program = program == words.end() ? "" : parts_of(*program).name;
  } else if (shebang.program == "busybox" && words.size() > 1 && !words[1].ends_with("sh")) {
    shebang.program = words[1];
  }
  return shebang;
}

Complaint read_complaint(std::string_view output) {
  constexpr std::string_view kLine = "line ";
  std::string_view text = trimmed(output);
  text = text.substr(0, text.find('\n'));
  text = trimmed(text.substr(text.find(':') + 1));  // behind what the shell calls itself
  const std::string_view rest = text.starts_with(kLine) ? text.substr(kLine.size()) : text;
  size_t line = 0;
  const auto [end, error] = std::from_chars(rest.begin(), rest.end(), line);
  const bool names_line = error == std::errc{} && end != rest.end() && *end == ':';
  if (names_line) text = trimmed({end + 1, rest.end()});
  if (text.empty()) text = "it is refused without a word";
  return {names_line ? line : 0, printable(text.substr(0, kLongestComplaint))};
}

std::vector<const Reading*> readings_of(const std::string& program, bool sets_extglob) {
  std::vector<const Reading*> readings;
  for (const Reading& reading : kReadings) {
    if (reading.program == program) readings.push_back(&reading);
  }
  if (!sets_extglob || program != "bash") std::ranges::reverse(readings);
  return readings;
}

// No shell reads files at its start, a relative PATH leads nowhere, and messages are in English.
ProcessSpec shell_call(std::vector<std::string> argv, int script) {
  if (script >= 0) rewind_file(script, "script");
  ProcessSpec spec;
  spec.argv = std::move(argv);
  spec.environment = {"BASH_ENV=", "ENV=", "SHELLOPTS=", "BASHOPTS=", "LC_ALL=C"};
  spec.directory = "/";
  spec.timeout = kLimit;
  spec.grace = Duration(1'000);
  spec.leftovers = Leftovers::kSweep;
  spec.input_fd = script;
  return spec;
}

}  // namespace backstep
