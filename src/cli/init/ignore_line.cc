// SPDX-License-Identifier: Apache-2.0
#include "cli/init/ignore_line.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kLargestIgnore = size_t{1} << 20;

// Without the ornaments that change nothing for a directory at that place: "/backups/" ->
// "backups".
std::string bare(std::string_view pattern) {
  std::string_view text = trimmed(pattern);
  if (text.starts_with("**/")) text.remove_prefix(3);
  if (text.starts_with('/')) text.remove_prefix(1);
  if (text.ends_with('/')) text.remove_suffix(1);
  return std::string(text);
}

// A later line outranks an earlier one.
bool ignores(const std::string& text, const std::vector<std::string>& names) {
  bool ignored = false;
  for (const std::string& line : split(text, '\n')) {
    const bool taken_back = line.starts_with('!');
    const std::string name = bare(taken_back ? line.substr(1) : line);
    if (std::find(names.begin(), names.end(), name) != names.end()) ignored = !taken_back;
  }
  return ignored;
}

std::string ignore_text_of(const Directory& root, const std::string& path) {
  try {
    return root.read_small_file(path, kLargestIgnore).value_or("");
  } catch (const Error&) {
    return {};  // what cannot be read is not there for us; the line is offered once more
  }
}

}  // namespace

IgnoreLine ignore_line(const Workspace& workspace) {
  const std::string name = Config().backups_dir;
  const std::string& prefix = workspace.prefix;
  const std::string above = path_towards(prefix, ".gitignore");
  const bool there = ignores(ignore_text_of(workspace.directory, ".gitignore"), {name}) ||
                     (!prefix.empty() && ignores(ignore_text_of(workspace.directory, above),
                                                 {name, prefix + "/" + name}));
  return {name + "/", there};
}

}  // namespace backstep
