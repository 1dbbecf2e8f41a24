// SPDX-License-Identifier: Apache-2.0
#include "report/diff/open_value.h"

#include <algorithm>

#include "base/secrets.h"
#include "base/text.h"
#include "report/diff/secret_values.h"
#include "report/diff/secret_words.h"

namespace backstep {
namespace {

using Kind = OpenValue::Kind;

bool is_remark(std::string_view line) {
  const std::string_view text = trimmed(line);
  return text.empty() || text.starts_with('#');
}

size_t end_of_quote(std::string_view line, char quote) {
  size_t at = 0;
  for (; at < line.size() && line[at] != quote; ++at) {
    if (line[at] == '\\' && quote == '"') ++at;
    // The list of a shell: a bracket in quotes does not end it.
    if (quote == ')' && (line[at] == '"' || line[at] == '\'')) {
      at = std::min(line.find(line[at], at + 1), line.size());
    }
  }
  return std::min(at, line.size());
}

Cover cover_in_quote(std::string_view line, OpenValue& open) {
  const size_t end = end_of_quote(line, open.quote);
  // Behind it another may begin: `b' OTHER_TOKEN='c`.
  if (end < line.size()) {
    const OpenValue next = secret_values_in(line.substr(end + 1), false).open;
    open = next.kind == Kind::kQuote || next.kind == Kind::kNextLine ? next : OpenValue{};
  }
  return Cover::kWhole;
}

Cover cover_beside_a_name(std::string_view line, OpenValue& open) {
  if (is_remark(line)) return Cover::kPlain;
  if (is_named_value(line)) {
    open = {.kind = Kind::kIndented, .indent = indent_of(line)};
    return Cover::kWhole;
  }
  if (indent_of(line) < open.indent) open = {};
  return Cover::kPlain;
}

bool is_below(std::string_view line, const OpenValue& open) {
  const size_t indent = indent_of(line);
  const std::string_view text = line.substr(indent);
  if (!open.quoted && line.substr(0, indent).find('\t') != std::string_view::npos) return false;
  if (indent > open.indent) return true;
  if (indent == open.indent && open.items && text.starts_with('-'))
    return kBlanks.find(text.substr(0, 2).back()) != std::string_view::npos || text.size() == 1;
  return open.quoted && open.items && text.starts_with('"') && !entry_in(line);
}

bool tells_nothing(std::string_view value) {
  value = trimmed(value);
  if (value.ends_with(',')) value.remove_suffix(1);
  const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') &&
                      value.back() == value.front();
  if (quoted) value = value.substr(1, value.size() - 2);
  return is_reference(value) || is_plain_word(value);
}

// `- x` is x.
std::string_view item_in(std::string_view text) {
  while (text.starts_with("- ")) text = trimmed(text.substr(2));
  return text;
}

// A bracket, or the beginning of a value that goes on below.
bool is_frame(std::string_view text) {
  return text.find_first_not_of("{}[],") == std::string_view::npos || text == "-" ||
         beginning_of(item_in(text)) != Beginning::kValue;
}

Cover cover_below(std::string_view line, OpenValue& open) {
  const size_t indent = indent_of(line);
  if (trimmed(line).empty()) return Cover::kPlain;
  if (is_remark(line) && indent <= open.indent) return Cover::kPlain;
  if (!is_below(line, open)) {
    open = {};
    return Cover::kPlain;
  }
  if (indent > open.shown) return Cover::kValues;
  open.shown = std::string_view::npos;
  const std::string_view text = trimmed(line);
  if (is_frame(text)) return Cover::kPlain;
  const std::optional<Entry> entry = entry_in(line);
  if (!entry) return tells_nothing(item_in(text)) ? Cover::kPlain : Cover::kWhole;
  const std::string_view value = line.substr(entry->value);
  const bool place = names_a_place(entry->key);
  const bool more = beginning_of(value) != Beginning::kValue;
  if (place && more) open.shown = entry->column;
  return place || more || tells_nothing(value) ? Cover::kValues : Cover::kEntry;
}

}  // namespace

bool goes_on_in_the_next(std::string_view line) {
  const std::string_view text = trimmed(line);
  return text.size() > 1 && text.ends_with('\\') &&
         kBlanks.find(text[text.size() - 2]) == std::string_view::npos;
}

size_t indent_of(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

bool is_named_value(std::string_view line) {
  const std::optional<Entry> entry = entry_in(line);
  return entry && entry->key == "value" && entry->column == indent_of(line);
}

Cover cover_of(std::string_view line, OpenValue& open) {
  const OpenValue now = open;
  switch (now.kind) {
    case Kind::kNone:
      return Cover::kPlain;
    case Kind::kQuote:
      return cover_in_quote(line, open);
    case Kind::kIndented:
      if (trimmed(line).empty() || indent_of(line) > now.indent) return Cover::kWhole;
      open = {};
      return Cover::kPlain;
    case Kind::kBelow:
      return cover_below(line, open);
    case Kind::kNextLine:
      if (!goes_on_in_the_next(line)) open = {};
      return Cover::kWhole;
    case Kind::kNamed:
      return cover_beside_a_name(line, open);
    case Kind::kKey:
      if (line.find("-----END") != std::string_view::npos) open = {};
      return Cover::kWhole;
  }
  return Cover::kPlain;
}

}  // namespace backstep
