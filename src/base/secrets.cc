// SPDX-License-Identifier: Apache-2.0
#include "base/secrets.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace backstep {
namespace {

constexpr size_t kShortest = 4;
// A key may be that of a table or of a cache: SORT_KEY=path, a word of every answer in JSON.
constexpr size_t kShortestKey = 8;
constexpr std::array<std::string_view, 6> kTellingParts = {"TOKEN",  "SECRET",     "PASSWORD",
                                                           "PASSWD", "PASSPHRASE", "CREDENTIAL"};
constexpr std::array<std::string_view, 2> kTellingWords = {"PASS", "PWD"};
constexpr std::array<std::string_view, 4> kKeyWords = {"KEY", "KEYS", "AUTH", "AUTHORIZATION"};
constexpr std::array<std::string_view, 8> kPlaces = {"FILE", "PATH", "DIR",  "URL",
                                                     "NAME", "HOST", "SOCK", "REF"};
constexpr std::array<std::string_view, 17> kPlainValues = {
    "true",  "false", "yes",     "no",       "on",       "off",      "none",    "null", "nil",
    "empty", "unset", "enabled", "disabled", "optional", "required", "inherit", "write"};

template <size_t kCount>
bool is_one_of(std::string_view word, const std::array<std::string_view, kCount>& words) {
  return std::ranges::find(words, word) != words.end();
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// DEPLOY_TOKEN, whether it is written deploy-token, deploy.token or deployToken.
std::string as_variable(std::string_view name) {
  std::string words;
  char previous = 'A';
  for (const char c : name) {
    if (is_upper(c) && !is_upper(previous)) words += '_';
    words += c == '-' || c == '.' ? '_' : c;
    previous = c;
  }
  return upper_case(words);
}

// How many bytes a value of this variable must have to count as a secret. 0: it never does.
size_t shortest_secret_of(std::string_view variable) {
  const std::string name = as_variable(variable);
  if (name == "PWD" || name == "OLDPWD") return 0;  // the current directory
  const std::vector<std::string> words = split(name, '_');
  if (is_one_of(words.back(), kPlaces)) return 0;
  const auto any_word = [&](const auto& tells) { return std::ranges::any_of(words, tells); };
  const bool by_part = std::ranges::any_of(
      kTellingParts, [&](std::string_view part) { return name.find(part) != std::string::npos; });
  if (by_part || any_word([](const auto& word) { return is_one_of(word, kTellingWords); })) {
    return kShortest;
  }
  const bool key = any_word([](const std::string& word) {
    return is_one_of(word, kKeyWords) || word.ends_with("APIKEY");
  });
  return key ? kShortestKey : 0;
}

}  // namespace

bool names_a_secret(std::string_view variable) {
  return shortest_secret_of(variable) > 0;
}

bool names_a_place(std::string_view variable) {
  std::string name = as_variable(variable);
  if (name.ends_with('S')) name.pop_back();
  return is_one_of(split(name, '_').back(), kPlaces);
}

bool is_plain_word(std::string_view value) {
  return is_one_of(lower_case(value), kPlainValues);
}

Secrets::Secrets(const Environment& environment) {
  for (const auto& [name, value] : environment.all()) {
    const size_t shortest = shortest_secret_of(name);
    if (shortest == 0 || value.size() < shortest) continue;
    for (const std::string& line : split(value, '\n')) add(trimmed(line));
  }
  std::ranges::sort(values_, [](const std::string& one, const std::string& other) {
    return one.size() != other.size() ? one.size() > other.size() : one < other;
  });
  values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
  for (const std::string& value : values_) first_bytes_ += value[0];
}

void Secrets::add(std::string_view value) {
  if (value.size() < kShortest || is_plain_word(value)) return;
  values_.emplace_back(value);
}

std::string Secrets::take(std::string& kept, bool more_comes) const {
  const std::string_view text = kept;
  std::string shown;
  size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    const auto secret = std::ranges::find_if(values_, [&](const std::string& value) {
      return rest.starts_with(value) || (more_comes && value.starts_with(rest));
    });
    if (secret == values_.end()) {
      const size_t next = std::min(text.find_first_of(first_bytes_, at + 1), text.size());
      shown += text.substr(at, next - at);
      at = next;
    } else if (secret->size() <= rest.size()) {
      shown += kHiddenSecret;
      at += secret->size();
    } else {
      break;
    }
  }
  kept.erase(0, at);
  return shown;
}

std::string Secrets::hidden_in(std::string_view text) const {
  SecretFilter filter(*this);
  std::string shown = filter.add(text);
  return shown + filter.end();
}

std::string SecretFilter::add(std::string_view piece) {
  if (secrets_.empty()) return std::string(piece);
  kept_ += piece;
  return secrets_.take(kept_, true);
}

std::string SecretFilter::end() {
  return secrets_.take(kept_, false);
}

}  // namespace backstep
