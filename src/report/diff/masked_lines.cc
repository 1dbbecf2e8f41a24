// SPDX-License-Identifier: Apache-2.0
#include "report/diff/masked_lines.h"

#include <algorithm>

#include "base/text.h"
#include "report/diff/secret_values.h"
#include "report/diff/secret_words.h"

namespace backstep {
namespace {

std::string_view name_of_path(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool is_env_file(std::string_view path) {
  const std::string_view name = name_of_path(path);
  return name.ends_with(".env") || name.starts_with(".env.");
}

std::string_view without_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  return line;
}

// A `value:` may stand above the name of what it is by this many lines.
constexpr size_t kNamedLines = 16;

std::string masked(std::string_view line, const SecretValues& values) {
  std::string text;
  size_t at = 0;
  for (const SecretValues::Range& range : values.ranges) {
    text += line.substr(at, range.begin - at);
    text += kHiddenSecret;
    at = range.end;
  }
  return text + std::string(line.substr(at));
}

}  // namespace

MaskedLines::MaskedLines(std::span<const std::string_view> lines, std::string_view path,
                         const Secrets& secrets)
    : lines_(lines),
      secrets_(secrets),
      whole_lines_(is_env_file(path)),
      covers_(lines.size(), Cover::kPlain) {
  if (is_one_secret_word(path)) {
    covers_[0] = Cover::kWhole;
  } else {
    find_covers();
  }
}

bool MaskedLines::is_one_secret_word(std::string_view path) const {
  return lines_.size() == 1 && is_secret_key(name_of_path(path)) &&
         trimmed(lines_[0]).find_first_of(" \t") == std::string_view::npos;
}

void MaskedLines::find_covers() {
  OpenValue open;
  for (size_t i = 0; i < lines_.size(); ++i) {
    const std::string_view line = without_end(lines_[i]);
    covers_[i] = cover_of(line, open);
    if (covers_[i] == Cover::kPlain && may_hold_a_secret(line)) {
      covers_[i] = Cover::kValues;
      open_at(i, secret_values_in(line, whole_lines_).open, open);
    }
  }
}

void MaskedLines::open_at(size_t line, const OpenValue& begun, OpenValue& open) {
  if (begun.kind == OpenValue::Kind::kNone) return;  // a name waits for its value
  open = begun;
  if (begun.kind == OpenValue::Kind::kNamed) cover_value_above(line, begun.indent);
}

// - value: x
//   name: DB_PASSWORD
void MaskedLines::cover_value_above(size_t name, size_t column) {
  for (size_t i = name; i > 0 && name - i < kNamedLines; --i) {
    if (indent_of(lines_[i]) < column && !trimmed(lines_[i]).empty()) return;  // an item begins
    const std::string_view line = without_end(lines_[i - 1]);
    const std::optional<Entry> entry = entry_in(line);
    if (entry && entry->column < column) return;
    if (entry && entry->column == column && entry->key == "value") {
      std::fill(covers_.begin() + static_cast<ptrdiff_t>(i) - 1,
                covers_.begin() + static_cast<ptrdiff_t>(name), Cover::kWhole);
      return;
    }
  }
}

std::string MaskedLines::at(size_t line) const {
  const std::string_view bytes = without_end(lines_[line]);
  const Cover cover = covers_[line];
  if (cover == Cover::kWhole && !trimmed(bytes).empty()) {
    return std::string(bytes.substr(0, indent_of(bytes))) + std::string(kHiddenSecret);
  }
  if (cover == Cover::kEntry) {
    const std::optional<Entry> entry = entry_in(bytes);
    return secrets_.hidden_in(bytes.substr(0, entry->value)) + std::string(kHiddenSecret);
  }
  const std::string text = secrets_.hidden_in(bytes);
  return cover == Cover::kValues ? masked(text, secret_values_in(text, whole_lines_)) : text;
}

}  // namespace backstep
