// SPDX-License-Identifier: Apache-2.0
#include "report/diff/entries.h"

#include <algorithm>

#include "base/text.h"
#include "report/diff/secret_words.h"

namespace backstep {
namespace {

bool is_blank_or_end(std::string_view line, size_t at) {
  return at >= line.size() || kBlanks.find(line[at]) != std::string_view::npos;
}

size_t after_blanks(std::string_view line, size_t at) {
  return std::min(line.find_first_not_of(kBlanks, at), line.size());
}

std::optional<Entry> quoted_entry(std::string_view line, size_t column) {
  const std::string_view near = line.substr(column + 1, kLongestName);
  const size_t size = near.find(line[column]);
  if (size == std::string_view::npos) return std::nullopt;
  const size_t colon = after_blanks(line, column + size + 2);
  if (!line.substr(colon).starts_with(':')) return std::nullopt;
  return Entry{column, near.substr(0, size), after_blanks(line, colon + 1), true};
}

bool is_text_mark(std::string_view word) {
  return (word.starts_with('|') || word.starts_with('>')) && word.size() <= 3 &&
         word.find_first_not_of("+-123456789", 1) == std::string_view::npos;
}

bool is_comment(std::string_view text) {
  return text.starts_with('#') && is_blank_or_end(text, 1);
}

}  // namespace

std::optional<Entry> entry_in(std::string_view line) {
  size_t column = after_blanks(line, 0);
  while (line.substr(column).starts_with('-') && is_blank_or_end(line, column + 1)) {
    column = after_blanks(line, column + 1);
  }
  if (column == line.size()) return std::nullopt;
  if (line[column] == '"' || line[column] == '\'') return quoted_entry(line, column);
  const std::string_view near = line.substr(column, kLongestName);
  const size_t size = near.find_first_of(": \t\r\"'#");
  if (size == 0 || size == std::string_view::npos || near[size] != ':') return std::nullopt;
  if (!is_blank_or_end(line, column + size + 1)) return std::nullopt;
  return Entry{column, near.substr(0, size), after_blanks(line, column + size + 1), false};
}

Beginning beginning_of(std::string_view value) {
  value = trimmed(value);
  while (value.starts_with('!') || value.starts_with('&')) {
    const size_t size = value.substr(0, kLongestName).find_first_of(kBlanks);
    if (size == std::string_view::npos && value.size() > kLongestName) return Beginning::kValue;
    value = trimmed(value.substr(std::min(size, value.size())));
  }
  if (value.empty() || is_comment(value)) return Beginning::kNothing;
  const size_t size = std::min(value.substr(0, kLongestName).find_first_of(kBlanks), value.size());
  const std::string_view behind = trimmed(value.substr(size));
  if (!behind.empty() && !is_comment(behind)) return Beginning::kValue;
  const std::string_view word = value.substr(0, size);
  if (is_text_mark(word)) return Beginning::kText;
  return word == "{" || word == "[" ? Beginning::kOpening : Beginning::kValue;
}

}  // namespace backstep
