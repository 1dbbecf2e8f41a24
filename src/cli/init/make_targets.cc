// SPDX-License-Identifier: Apache-2.0
#include "cli/init/make_targets.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kLargestMakefile = size_t{1} << 20;

std::optional<std::string> makefile_of(const Directory& tree) {
  try {
    for (const char* name : {"GNUmakefile", "makefile", "Makefile"}) {
      if (auto text = tree.read_small_file(name, kLargestMakefile)) return text;
    }
  } catch (const Error&) {
    // A symlink, a directory, somebody else's: make may know what to do with it.
  }
  return std::nullopt;
}

bool is_plain_target(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return !word.empty() && word.find_first_not_of(kPlain) == std::string::npos;
}

// `NAME := value` and `NAME = with: colon` are no rules.
bool is_rule(const std::string& line) {
  const size_t colon = line.find(':');
  if (colon == std::string::npos || line.starts_with('\t') || line.starts_with('#')) return false;
  const size_t equals = line.find('=');
  return equals == std::string::npos || (equals > colon && line[equals - 1] != ':');
}

}  // namespace

std::vector<std::string> make_targets(const Directory& tree) {
  std::vector<std::string> targets;
  for (const std::string& line : split(makefile_of(tree).value_or(""), '\n')) {
    if (!is_rule(line)) continue;
    for (const std::string& word : split(line.substr(0, line.find(':')), ' ')) {
      const bool known = std::find(targets.begin(), targets.end(), word) != targets.end();
      if (is_plain_target(word) && !known) targets.push_back(word);
    }
  }
  return targets;
}

}  // namespace backstep
