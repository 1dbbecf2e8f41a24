// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace backstep {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  size_t start = 0;
  while (true) {
    const size_t end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
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

namespace {

// Length of the well-formed UTF-8 sequence at the start of `text`, 0 when there is none. Overlong
// forms, surrogates and values above U+10FFFF are not well formed (Unicode, table 3-7).
size_t utf8_sequence_length(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return 0;
  for (size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  return length;
}

// Beyond ASCII: U+0080 to U+009F, which some terminals obey as they do an escape (U+009B begins
// what `ESC [` does), ends of lines (U+2028, U+2029), and what turns the direction of writing, so
// that a line reads other than it is.
bool is_long_control(std::string_view character) {
  const auto within = [&](std::string_view first, std::string_view last) {
    return first <= character && character <= last;
  };
  return within("\xC2\x80", "\xC2\x9F") || within("\xD8\x9C", "\xD8\x9C") ||
         within("\xE2\x80\x8E", "\xE2\x80\x8F") || within("\xE2\x80\xA8", "\xE2\x80\xAE") ||
         within("\xE2\x81\xA6", "\xE2\x81\xAF");
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const size_t length = utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string with_replacements(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const size_t length = utf8_sequence_length(text);
    result += length == 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(0, length);
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return result;
}

namespace {
// GitHub's `##[command]`, Azure's `##vso[…]`: both are obeyed anywhere in a line.
bool ends_with_command(std::string_view text) {
  const size_t hash = text.find_last_not_of("abcdefghijklmnopqrstuvwxyz");
  return hash != text.npos && text.substr(0, hash + 1).ends_with("##");
}
}  // namespace

std::string printable(std::string_view text, std::string_view kept) {
  std::string result;
  while (!text.empty()) {
    const size_t length = utf8_sequence_length(text);
    const auto byte = static_cast<unsigned char>(text.front());
    const bool obeyed = byte == '[' && ends_with_command(result);
    const bool steers = byte < 0x20 ? kept.find(text.front()) == std::string_view::npos
                                    : byte == 0x7F || is_long_control(text.substr(0, length));
    if (length == 0 || steers || obeyed) {
      result += fmt::format("\\x{:02x}", byte);
      text.remove_prefix(1);
    } else {
      result += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return result;
}

std::string with_json_escapes(std::string_view text, bool all) {
  std::string result;
  while (!text.empty()) {
    const size_t length = std::max<size_t>(utf8_sequence_length(text), 1);
    const auto low = [&](size_t i) { return static_cast<unsigned char>(text[i]) & 0x3FU; };
    if (text.front() == 0x7F) {
      result += "\\u007f";
    } else if (length == 1 || length == 4 || (!all && !is_long_control(text.substr(0, length)))) {
      result += text.substr(0, length);
    } else {
      const unsigned lead = static_cast<unsigned char>(text.front()) & (length == 2 ? 0x1FU : 0xFU);
      const unsigned code = length == 2 ? lead << 6U | low(1) : lead << 12U | low(1) << 6U | low(2);
      result += fmt::format("\\u{:04x}", code);
    }
    text.remove_prefix(length);
  }
  return result;
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

std::string in_quotes(std::string_view text) {
  return "'" + printable(text) + "'";
}

std::string counted(size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

namespace {

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

std::string suggestion(std::string_view word, std::span<const std::string> candidates,
                       std::string_view prefix) {
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
