// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include <algorithm>

#include "base/secret_lines.h"
#include "base/text.h"

namespace backstep {
namespace {

using LineSpan = std::span<const std::string_view>;

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

bool is_one_secret_word(LineSpan lines, std::string_view path) {
  if (lines.size() != 1 || !names_a_secret(path.substr(path.rfind('/') + 1))) return false;
  const std::string_view word = trimmed(lines[0]);
  return !word.empty() && word.find_first_of(" \t") == std::string_view::npos;
}

// - value: x
//   name: DB_PASSWORD
void hide_value_above(LineSpan lines, size_t name, size_t column,
                      std::vector<size_t>& hidden_from) {
  for (size_t i = name; i > 0 && name - i < kNamedLines; --i) {
    if (lines[i].find_first_not_of(" \t") < column) return;  // an item begins
    const std::string_view line = lines[i - 1];
    const size_t key = std::min(line.find_first_not_of(" \t-{"), line.size());
    const bool is_value =
        line.substr(key).starts_with("value") || line.substr(key).starts_with("\"value");
    if (key == column && is_value) {
      std::fill(&hidden_from[i - 1], &hidden_from[name], column);
      return;
    }
  }
}

// From where on each line is hidden. `shown`: the lines without the secrets of the environment.
std::vector<size_t> secret_places(LineSpan lines, const std::vector<std::string>& shown) {
  SecretLines secrets;
  std::vector<size_t> hidden_from(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    if (i == 0 || begins_document(lines[i])) {
      const auto document = lines.subspan(i);
      const auto end = std::find_if(document.begin() + 1, document.end(), begins_document);
      secrets.begin_document(std::any_of(document.begin(), end, is_of_kind_secret));
    }
    const size_t named = secrets.named();
    hidden_from[i] = secrets.hidden_from(shown[i]);
    const bool names = secrets.named() != named && secrets.named() != SecretLines::kNowhere;
    if (names) hide_value_above(lines, i, secrets.named(), hidden_from);
  }
  return hidden_from;
}

}  // namespace

std::vector<std::string> masked_lines(LineSpan lines, std::string_view path,
                                      const Secrets& secrets) {
  if (is_one_secret_word(lines, path)) return {std::string(kHiddenSecret)};
  std::vector<std::string> shown;
  for (std::string_view line : lines) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    shown.push_back(secrets.hidden_in(line));
  }
  const std::vector<size_t> hidden_from = secret_places(lines, shown);
  for (size_t i = 0; i < shown.size(); ++i) {
    if (hidden_from[i] < shown[i].size()) {
      shown[i].replace(hidden_from[i], std::string::npos, kHiddenSecret);
    }
  }
  return shown;
}

}  // namespace backstep
