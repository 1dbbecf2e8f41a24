// SPDX-License-Identifier: Apache-2.0
#include "report/platform/markdown.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/text.h"

namespace backstep {
namespace {

size_t longest_run(std::string_view text, char wanted) {
  size_t longest = 0;
  size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

// A numeric reference is text to every Markdown reader and can begin nothing.
std::string markdown_text(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_<>&|[]#~@$!";
  std::string result;
  for (const char c : printable(text)) {
    if (kSpecial.find(c) == std::string_view::npos) {
      result += c;
    } else {
      result += fmt::format("&#{};", static_cast<int>(c));
    }
  }
  return result;
}

// In a table even code is cut at a bar, so a bar is the one character that cannot stand in it.
std::string markdown_code(std::string_view text) {
  const std::string shown = printable(text);
  if (shown.find('|') != std::string::npos) {
    return "<code>" + markdown_text(shown) + "</code>";
  }
  const std::string fence(longest_run(shown, '`') + 1, '`');
  const std::string space = shown.find('`') == std::string::npos ? "" : " ";
  return fence + space + shown + space + fence;
}

std::string markdown_block(std::string_view text) {
  const std::string fence(std::max<size_t>(longest_run(text, '`') + 1, 3), '`');
  std::string block = fence + "text\n";
  for (const std::string& line : split(text, '\n')) block += printable(line) + "\n";
  return block + fence + "\n";
}

}  // namespace backstep
