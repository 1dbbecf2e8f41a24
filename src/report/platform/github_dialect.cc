// SPDX-License-Identifier: Apache-2.0
#include "report/platform/github_dialect.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/platform/github_command.h"
#include "system/random_token.h"

namespace backstep {
GithubDialect::GithubDialect(bool allow_commands) : allow_commands_(allow_commands) {}

// A new token a block: the one before was shown in the log.
std::string GithubDialect::open_block(const std::string& title) {
  std::string group = github_command("group", {}, "▶ " + title);
  if (allow_commands_) return group;
  token_ = random_token();
  return group + github_command("stop-commands", {}, token_);
}

std::string GithubDialect::close_block() {
  const std::string end = github_command("endgroup", {}, "");
  return allow_commands_ ? end : github_command(token_, {}, "") + end;
}

std::string GithubDialect::harmless(std::string text) const {
  text = replaced(std::move(text), "##[", "## [");
  std::vector<std::string> lines = split(text, '\n');
  for (std::string& line : lines) {
    if (trimmed(line).starts_with("::")) line.insert(0, "\\");
  }
  return joined(lines, "\n");
}

// In JSON both can only stand within a string, whose line begins with its key's quote.
std::string GithubDialect::harmless_json(std::string text) const {
  return replaced(std::move(text), "##[", "##\\u005b");
}

}  // namespace backstep
