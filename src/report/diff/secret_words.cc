// SPDX-License-Identifier: Apache-2.0
#include "report/diff/secret_words.h"

#include <strings.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "base/secrets.h"
#include "base/text.h"

namespace backstep {
namespace {

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

constexpr std::array<std::string_view, 14> kTelling = {
    "token", "secret", "pass", "pwd",   "key",     "auth",  "credential",
    "name",  "://",    "curl", "mysql", "mariadb", "login", "-u"};

bool is_here(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && strncasecmp(text.data(), word.data(), word.size()) == 0;
}

// The second letters of the words that begin with a letter, a bit each.
constexpr auto kSecondLetters = [] {
  std::array<uint32_t, 256> letters{};
  for (const std::string_view word : kTelling) {
    letters[static_cast<unsigned char>(word[0])] |= uint32_t{1} << (word[1] % 32);
  }
  return letters;
}();

// No more than likely: other characters may have the bit of a letter.
bool may_begin_a_telling_word(char first, char second) {
  const uint32_t letters = kSecondLetters[static_cast<unsigned char>(first)];
  return (letters >> (static_cast<unsigned char>(second) % 32) & 1) != 0;
}

bool is_client_of_mysql(std::string_view command) {
  return command.starts_with("mysql") || command.starts_with("mariadb");
}

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

bool is_alphanumeric(char c) {
  return c != '_' && is_name_character(c);
}

bool is_name_character(char c) {
  const char letter = static_cast<char>(c | 0x20);
  return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

// Asked once a byte: only where two letters fit, the words are looked at.
bool may_hold_a_secret(std::string_view line) {
  char previous = 0;
  size_t at = 0;
  for (const char c : line) {
    const char letter = static_cast<char>(c | 0x20);
    const bool found = may_begin_a_telling_word(previous, letter) &&
                       std::any_of(kTelling.begin(), kTelling.end(), [&](std::string_view word) {
                         return is_here(line.substr(at - 1), word);
                       });
    if (found) return true;
    previous = letter;
    ++at;
  }
  return false;
}

bool is_reference(std::string_view value) {
  value = value.substr(0, value.find_last_not_of(";),") + 1);
  if (!value.starts_with('$')) return false;
  value.remove_prefix(1);
  if (value.starts_with("{{")) return value.find("}}") == value.size() - 2;
  if (value.starts_with('{') && value.ends_with('}')) value = value.substr(1, value.size() - 2);
  if (value.size() == 1 && std::string_view("@*#?").find(value[0]) != std::string_view::npos) {
    return true;
  }
  return !value.empty() && value.find_first_not_of(kNameCharacters) == std::string_view::npos;
}

bool is_secret_key(std::string_view key) {
  if (!may_hold_a_secret(key)) return false;
  std::string name;
  for (size_t i = 0; i < key.size(); ++i) {
    if (i > 0 && is_upper(key[i]) && !is_upper(key[i - 1]) && is_alphanumeric(key[i - 1])) {
      name += '_';
    }
    name += key[i] == '.' ? '_' : key[i];
  }
  return names_a_secret(name) || lower_case(key) == "authorization";
}

bool has_secret_options(std::string_view command) {
  return command == "curl" || command == "sshpass" || command == "login" ||
         is_client_of_mysql(command);
}

SecretOption secret_option(std::string_view command, std::string_view option) {
  if (command.empty() || command == "curl") {
    const std::string_view name = option.substr(0, option.find('='));
    if (name == "-u" || name == "--user" || name == "--proxy-user") return SecretOption::kUser;
    const bool attached = !command.empty() && option.starts_with("-u");
    return attached ? SecretOption::kAttachedUser : SecretOption::kNone;
  }
  if (!option.starts_with("-p")) return SecretOption::kNone;
  const bool attached = option.size() > 2;
  if (attached) return SecretOption::kAttached;
  return is_client_of_mysql(command) ? SecretOption::kNone : SecretOption::kNext;
}

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
