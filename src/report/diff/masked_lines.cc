// SPDX-License-Identifier: Apache-2.0
#include "report/diff/masked_lines.h"

#include <algorithm>

#include "base/secret_lines.h"
#include "base/text.h"

namespace backstep {
namespace {

// A `value:` may stand above the name of what it is by so many lines.
constexpr size_t kNamedLines = 16;

bool begins_document(std::string_view line) {
  return line.starts_with("---") && trimmed(line.substr(3)).empty();
}

// `kind: Secret`, SecretList, in YAML or JSON.
bool is_of_kind_secret(std::string_view line) {
  for (size_t at = line.find("kind"); at != std::string_view::npos;
       at = line.find("kind", at + 1)) {
    const size_t value = std::min(line.find_first_not_of("\"'\\: \t", at + 4), line.size());
    if (line.substr(value).starts_with("Secret")) return true;
  }
  return false;
}

bool is_one_secret_word(std::span<const std::string_view> lines, std::string_view path) {
  return lines.size() == 1 && names_a_secret(path.substr(path.rfind('/') + 1)) &&
         trimmed(lines[0]).find_first_of(" \t") == std::string_view::npos;
}

}  // namespace

MaskedLines::MaskedLines(std::span<const std::string_view> lines, std::string_view path,
                         const Secrets& secrets)
    : lines_(lines), secrets_(secrets), hidden_from_(lines.size(), SecretLines::kNowhere) {
  if (is_one_secret_word(lines, path)) {
    hidden_from_[0] = 0;
  } else {
    find_secrets();
  }
}

std::string MaskedLines::shown(size_t line) const {
  std::string_view bytes = lines_[line];
  if (bytes.ends_with('\n')) bytes.remove_suffix(1);
  return secrets_.hidden_in(bytes);
}

void MaskedLines::find_secrets() {
  SecretLines secrets;
  for (size_t i = 0; i < lines_.size(); ++i) {
    if (i == 0 || begins_document(lines_[i])) {
      const auto document = lines_.subspan(i);
      const auto end = std::find_if(document.begin() + 1, document.end(), begins_document);
      secrets.begin_document(std::any_of(document.begin(), end, is_of_kind_secret));
    }
    const size_t named = secrets.named();
    hidden_from_[i] = secrets.hidden_from(shown(i));
    const bool names = secrets.named() != named && secrets.named() != SecretLines::kNowhere;
    if (names) hide_value_above(i, secrets.named());
  }
}

// - value: x
//   name: DB_PASSWORD
void MaskedLines::hide_value_above(size_t name, size_t column) {
  for (size_t i = name; i > 0 && name - i < kNamedLines; --i) {
    if (lines_[i].find_first_not_of(" \t") < column) return;  // an item begins
    const std::string_view line = lines_[i - 1];
    const size_t key = std::min(line.find_first_not_of(" \t-{"), line.size());
    const bool is_value =
        line.substr(key).starts_with("value") || line.substr(key).starts_with("\"value");
    if (key == column && is_value) {
      std::fill(&hidden_from_[i - 1], &hidden_from_[name], column);
      return;
    }
  }
}

std::string MaskedLines::at(size_t line) const {
  const std::string text = shown(line);
  const size_t from = hidden_from_[line];
  return from >= text.size() ? text : text.substr(0, from) + std::string(kHiddenSecret);
}

}  // namespace backstep
