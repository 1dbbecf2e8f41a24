// SPDX-License-Identifier: Apache-2.0
#include "base/secret_lines.h"

#include <algorithm>

#include "base/secrets.h"
#include "base/text.h"

namespace backstep {
namespace {

// `password: |`, `password: !vault >-`: what is below is text.
bool is_text_mark(std::string_view value) {
  const std::string_view mark = value.substr(value.find_last_of(' ') + 1);
  return std::string_view("|>!&").find(value[0]) != std::string_view::npos && (mark[0] == '|' || mark[0] == '>') &&
         mark.find_first_not_of("|>+-123456789") == std::string_view::npos;
}

// The `DB_PASSWORD` of `name: DB_PASSWORD`; "": what is given is no name.
std::string_view name_given(const ScannedLine& line, const NamedValue& named) {
  const std::string name = lower_case(named.name);
  if (name != "key" && name != "parameterkey" && !name.ends_with("name")) return {};
  const auto given = line.next_name(named.value);
  return given && given->begin <= named.value + 2 ? given->name : std::string_view();
}

// `key: db-password` is no secret, but what one is called, if that is all of it.
bool is_called_a_secret(const ScannedLine& line, std::string_view given) {
  if (!names_a_secret(given) || given.find_first_of("0123456789") != given.npos) return false;
  const auto end = static_cast<size_t>(given.data() - line.line().data()) + given.size();
  const std::string_view rest = line.near(end);
  return rest.substr(0, rest.find(',')).find_first_not_of(" \t\r\"'\\}]") == rest.npos;
}

}  // namespace

bool SecretLines::Level::holds(std::string_view line) const {
  const std::string_view deep = line.substr(0, line.find_first_not_of(" \t"));
  if (deep.size() > indent) return tabs || deep.find('\t') == kNowhere;
  return deep.size() == indent && !text && line.substr(indent).starts_with("- ");
}

size_t SecretLines::hidden_from(std::string_view line) {
  const std::string_view text = trimmed(line);
  const size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  if (is_open()) return goes_on(line) && !text.empty() ? indent : kNowhere;
  if (text.empty()) return kNowhere;
  if (next_line_) {
    next_line_ = text.ends_with('\\') && !text.ends_with(" \\");
    return tells_nothing(text) ? kNowhere : indent;
  }
  if (!text.starts_with('#')) {  // a comment ends nothing
    while (!levels_.empty() && !levels_.back().holds(line)) levels_.pop_back();
    if (indent < named_) named_ = kNowhere;
  }
  const bool is_below = !levels_.empty() && levels_.back().holds(line);
  const bool is_asked = is_below || named_ != kNowhere || of_secrets_ || may_hold_a_secret(line);
  if (!is_asked) return kNowhere;
  const ScannedLine scanned(line);
  const size_t from = is_below ? below(scanned) : behind_names(scanned);
  if (from != kNowhere && !is_open()) quote_ = scanned.open_quote();
  return from;
}

// Whether the line belongs to what is open; its last word may end it.
bool SecretLines::goes_on(std::string_view line) {
  if (quote_ != 0) {
    const size_t end = end_of_quote(line, 0, quote_);
    // Behind it another may begin: `b' OTHER_TOKEN='c`.
    if (end < line.size()) quote_ = open_quote(line.substr(end + 1));
    return true;
  }
  const std::string_view text = trimmed(line);
  const bool ends = end_fills_line_ ? text == end_ : text.starts_with(end_) || text.ends_with(end_);
  if (ends) end_.clear();
  return !ends || !end_fills_line_;
}

void SecretLines::open_until(std::string_view end, bool fills_line) {
  end_ = end;
  end_fills_line_ = fills_line;
}

// Each value is a secret; keys are shown, and where something lies.
size_t SecretLines::below(const ScannedLine& line) {
  const Level level = levels_.back();
  if (level.text) return line.indent();
  const size_t begin = line.first_key();
  NamedValue item{.name = {}, .begin = begin, .value = begin};
  const std::optional<NamedValue> key = line.next_name(begin);
  if (key && key->begin <= begin + 1 && key->sign == ':' && key->is_given) item = *key;
  if (!level.all && names_a_place(item.name)) return kNowhere;
  return hides(line, item, level.all, Extent::kRest) ? item.value : kNowhere;
}

// The names are read on to the end of the line or to the first secret.
size_t SecretLines::behind_names(const ScannedLine& line) {
  const size_t mark = line.line().find("PRIVATE KEY", line.line().find("-----BEGIN "));
  if (mark != kNowhere) return behind_key_mark(line.line(), mark);
  size_t from = line.unnamed_secret();
  std::optional<NamedValue> value;  // of which another name may tell
  bool told = false;
  bool called = false;
  for (auto named = line.next_name(0); named && named->begin < from; named = line.next_name(named->end)) {
    const bool tells = may_hold_a_secret(named->name) && names_a_secret(named->name);
    told = told || (tells && !named->refers);
    if (!named->is_given) continue;
    if (!value && lower_case(named->name).ends_with("value")) value = named;
    const std::string_view name = name_given(line, *named);
    called = called || names_a_secret(name);
    const bool is_data = of_secrets_ && (named->name == "data" || named->name == "stringData");
    if (!is_data && (!tells || is_called_a_secret(line, name))) continue;
    const Extent extent = named->whole ? Extent::kField : Extent::kWord;
    if (hides(line, *named, is_data, extent)) from = std::min(from, named->value);
  }
  if (told) open_heredoc(line);
  const bool is_told = called || named_ == line.first_key();
  if (is_told) named_ = value ? kNowhere : line.first_key();
  const bool hidden = is_told && value && hides(line, *value, false, Extent::kField);
  return hidden ? std::min(from, value->value) : from;
}

size_t SecretLines::behind_key_mark(std::string_view line, size_t mark) {
  if (line.find("-----END", mark) == kNowhere) open_until("-----END", false);
  const size_t end = line.find("-----", mark) + 5;
  return end < line.size() ? end : kNowhere;
}

// cat >secrets/db <<EOF
void SecretLines::open_heredoc(const ScannedLine& line) {
  const size_t sign = line.line().find("<<");
  if (sign == kNowhere || line.near(sign).starts_with("<<<")) return;
  const auto word = line.next_name(sign);
  if (!word) return;
  const char first = word->name[0];
  const bool shifts = first < 'A' || (first > 'Z' && line.near(sign + 2).starts_with(' '));  // key << 2
  if (!shifts) open_until(word->name, true);
}

// Whether a value is hidden; and how it goes on below.
bool SecretLines::hides(const ScannedLine& line, const NamedValue& named, bool all, Extent extent) {
  const size_t key = line.first_key();
  const bool is_first = named.begin <= key + 1;
  std::string_view value = line.near(named.value);
  if (named.sign == ':') value = value.starts_with('#') ? "" : value.substr(0, value.find(" #"));
  value = trimmed(value);
  Level level{.indent = key, .all = all, .tabs = named.quoted || named.sign != ':'};
  if (value.empty() || value == "{" || value == "[" || is_text_mark(value)) {
    level.text = !value.empty() && is_text_mark(value);
    next_line_ = value.empty() && (named.quoted || named.sign == 0);
    const bool is_key = named.sign == ':' || named.sign == '>' || !value.empty();
    if (is_key && (is_first || named.quoted)) levels_.push_back(level);
    return false;
  }
  if (value[0] == '(' && value.find(')') == kNowhere) open_until(")", false);
  const bool tells = all ? value.find_first_not_of("{}[]\"', ") != kNowhere : !tells_nothing(value, named.name, extent);
  if (!tells && value[0] != line.open_quote()) {
    next_line_ = value == "\\";
    return false;
  }
  next_line_ = line.ends_in_backslash(!named.whole);
  level.text = true;
  const bool may_go_on = named.sign == ':' && value[0] != '"' && value[0] != '\'';
  if (is_first && may_go_on) levels_.push_back(level);
  return true;
}

}  // namespace backstep
