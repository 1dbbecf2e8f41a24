// SPDX-License-Identifier: Apache-2.0
#include "lint/shebang.h"

#include <algorithm>
#include <array>

namespace backstep {
namespace {

constexpr std::array<std::string_view, 6> kShells = {"sh", "bash", "dash", "ash", "ksh", "zsh"};

std::vector<std::string> words_in(std::string_view line) {
  std::vector<std::string> words;
  constexpr std::string_view kBlanks = " \t\r";
  while (true) {
    const size_t begin = line.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return words;
    const size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
    words.emplace_back(line.substr(begin, end - begin));
    line.remove_prefix(end);
  }
}

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

}  // namespace

bool Shebang::checks_syntax() const {
  return std::ranges::find(kShells, program) != kShells.end();
}

Shebang read_shebang(std::string_view first_line) {
  Shebang shebang;
  if (!first_line.starts_with("#!")) return shebang;
  const std::vector<std::string> words = words_in(first_line.substr(2));
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

}  // namespace backstep
