// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <ranges>

namespace backstep {
namespace {

// What a text begins with.
struct Character {
  size_t size = 0;  // in bytes; 0: it is no well-formed UTF-8
  char32_t code = 0;
};

// Overlong forms, surrogates and values above U+10FFFF are not well formed (Unicode, table 3-7).
Character first_character(std::string_view text) {
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};  // of each size
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {1, lead};
  const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  char32_t code = lead & (0x7FU >> size);
  for (const char c : text.substr(1, size - 1)) {
    if ((c & 0xC0) != 0x80) return {};
    code = code << 6U | (c & 0x3FU);
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[size] || code > 0x10FFFF || is_surrogate) return {};
  return {size, code};
}

// Eight bytes at a time, for most of what is read is ASCII; up to seven more may follow.
size_t ascii_at_start(std::string_view text) {
  constexpr uint64_t kBeyondAscii = 0x8080808080808080;
  size_t size = 0;
  for (uint64_t bytes = 0; size + sizeof bytes <= text.size(); size += sizeof bytes) {
    std::memcpy(&bytes, text.data() + size, sizeof bytes);
    if ((bytes & kBeyondAscii) != 0) break;
  }
  return size;
}

// Beyond ASCII: U+0080 to U+009F, which some terminals obey (U+009B is `ESC [`), ends of lines
// (U+2028, U+2029), and what turns the direction of writing, so that a line reads other than it is.
bool is_long_control(char32_t code) {
  return (code >= 0x80 && code <= 0x9F) || code == 0x061C || code == 0x200E || code == 0x200F ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x206F);
}

// GitHub's `##[command]`, Azure's `##vso[…]`: both are obeyed anywhere in a line.
bool ends_with_command(std::string_view text) {
  const size_t hash = text.find_last_not_of("abcdefghijklmnopqrstuvwxyz");
  return hash != text.npos && text.substr(0, hash + 1).ends_with("##");
}

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  if (text.empty()) return {""};
  std::vector<std::string> parts;
  for (const auto& part : std::views::split(text, separator)) parts.emplace_back(part.begin(), part.end());
  return parts;
}

std::vector<std::string_view> lines_in(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

std::vector<std::string> words_in(std::string_view text, std::string_view between) {
  std::vector<std::string> words;
  while (true) {
    const size_t begin = text.find_first_not_of(between);
    if (begin == std::string_view::npos) return words;
    const size_t end = std::min(text.find_first_of(between, begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
}

std::string joined(std::span<const std::string> parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string shortened(std::string list, char separator, size_t limit) {
  if (list.size() <= limit) return list;
  const size_t end = list.rfind(separator, limit) + 1;
  const auto more = std::ranges::count(std::string_view(list).substr(end), separator) + 1;
  return fmt::format("{}and-{}-more", list.substr(0, end), more);
}

bool is_utf8(std::string_view text) {
  while (true) {
    text.remove_prefix(ascii_at_start(text));
    if (text.empty()) return true;
    const size_t size = first_character(text).size;
    if (size == 0) return false;
    text.remove_prefix(size);
  }
}

std::string with_replacements(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const size_t size = first_character(text).size;
    result += size == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, size);
    text.remove_prefix(std::max<size_t>(size, 1));
  }
  return result;
}

std::string printable(std::string_view text, std::string_view kept) {
  std::string result;
  while (!text.empty()) {
    const auto [size, code] = first_character(text);
    const auto byte = static_cast<unsigned char>(text.front());
    const bool obeyed = byte == '[' && ends_with_command(result);
    const bool steers =
        byte < 0x20 ? kept.find(text.front()) == std::string_view::npos : byte == 0x7F || is_long_control(code);
    if (size == 0 || steers || obeyed) {
      result += fmt::format("\\x{:02x}", byte);
      text.remove_prefix(1);
    } else {
      result += text.substr(0, size);
      text.remove_prefix(size);
    }
  }
  return result;
}

std::string with_json_escapes(std::string_view text, bool all) {
  std::string result;
  while (!text.empty()) {
    const auto [size, code] = first_character(text);
    const bool is_long = size == 2 || size == 3;
    const bool is_escaped = code == 0x7F || (is_long && (all || is_long_control(code)));
    const std::string_view bytes = text.substr(0, std::max<size_t>(size, 1));
    result += is_escaped ? fmt::format("\\u{:04x}", uint32_t{code}) : std::string(bytes);
    text.remove_prefix(bytes.size());
  }
  return result;
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string with_variable(std::string text, const std::string& name, std::string_view value) {
  return replaced(replaced(std::move(text), "${" + name + "}", value), "$" + name, value);
}

std::string in_quotes(std::string_view text) { return "'" + printable(text) + "'"; }

std::string counted(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string suggestion(std::string_view word, std::span<const std::string> candidates, std::string_view prefix) {
  std::string meant;
  size_t best_distance = std::max<size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      meant = candidate;
    }
  }
  return meant.empty() ? "" : fmt::format(" (did you mean '{}{}'?)", prefix, meant);
}

}  // namespace backstep
