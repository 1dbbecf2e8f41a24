// SPDX-License-Identifier: Apache-2.0
#include "config/file/yaml_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

YamlPlace place_of_byte(std::string_view bytes, size_t at) {
  const std::string_view before = bytes.substr(0, at);
  const auto line = std::ranges::count(before, '\n') + 1;
  const size_t start = before.rfind('\n') + 1;
  return {static_cast<int>(line), static_cast<int>(at - start) + 1};
}

}  // namespace

std::string place_in_file(std::string_view file, const YamlPlace& place) {
  return fmt::format("{}:{}:{}", printable(file), place.line, place.column);
}

void refuse_yaml(std::string_view file, const YamlPlace& place, std::string_view why) {
  throw Error(ExitCode::kUsage, fmt::format("{}: {}", place_in_file(file, place), why),
              {std::string(file), place.line});
}

void check_yaml_bytes(std::string_view file, std::string_view bytes) {
  if (bytes.size() > kLargestYaml) {
    refuse_yaml(file, {}, fmt::format("the file is larger than {} bytes", kLargestYaml));
  }
  constexpr std::array<std::string_view, 3> kMarks = {"\xEF\xBB\xBF", "\xFE\xFF", "\xFF\xFE"};
  if (std::ranges::any_of(kMarks, [&](std::string_view mark) { return bytes.starts_with(mark); })) {
    refuse_yaml(file, {}, "a byte order mark: save the file as plain UTF-8");
  }
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) {
    refuse_yaml(file, place_of_byte(bytes, nul), "a NUL byte");
  }
  if (is_utf8(bytes)) return;
  size_t start = 0;
  while (is_utf8(bytes.substr(start, bytes.find('\n', start) - start))) {
    start = bytes.find('\n', start) + 1;
  }
  refuse_yaml(file, place_of_byte(bytes, start), "this line is not UTF-8");
}

bool quote_is_closed(std::string_view bytes, size_t at) {
  const char quote = bytes[at];
  for (size_t i = at + 1; i < bytes.size(); ++i) {
    const bool escaped = quote == '"' ? bytes[i] == '\\' : bytes.substr(i, 2) == "''";
    if (!escaped && bytes[i] == quote) return true;
    if (escaped) ++i;
  }
  return false;
}

int column_of_indenting_tab(std::string_view bytes, int line) {
  const std::vector<std::string> lines = split(bytes, '\n');
  const auto index = static_cast<size_t>(line) - 1;
  const std::string_view text = index < lines.size() ? lines[index] : std::string_view();
  const size_t tab = text.substr(0, text.find_first_not_of(" \t")).find('\t');
  return tab == std::string_view::npos ? 0 : static_cast<int>(tab) + 1;
}

std::string reworded_yaml_error(const std::string& message) {
  if (message == "illegal map value") {
    return "a ':' is not allowed here: a text that holds ': ' needs quotes";
  }
  if (message == "illegal EOF in scalar") return "a quote is never closed";
  if (message == "unknown token") return "a text cannot begin like this: it needs quotes";
  if (message == "end of map not found" || message == "end of sequence not found") {
    return "unexpected text or indentation here";
  }
  if (message == "end of sequence flow not found") return "the ']' of a list is missing";
  if (message == "end of map flow not found") return "the '}' of a map is missing";
  return message;
}

}  // namespace backstep
