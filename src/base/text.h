// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
// Each line with its '\n', which only the last may lack: "a\nb" -> {"a\n", "b"}.
std::vector<std::string_view> lines_in(std::string_view text);
// What stands between these characters; nothing is empty.
std::vector<std::string> words_in(std::string_view text, std::string_view between);
std::string joined(std::span<const std::string> parts, std::string_view separator);
// A list that is longer than `limit` ends with "and-12-more" in the place of its last parts.
std::string shortened(std::string list, char separator, size_t limit);

// One line in which nothing steers a terminal or a log: control characters, invalid UTF-8, further
// ends of lines and what turns the direction of writing stand there as \xNN. GitHub's runner obeys
// `##[command]` anywhere in a line, Azure's `##vso[…]`, so that bracket is escaped too. What is
// escaped stays as it is. `kept`: control characters that do not matter.
std::string printable(std::string_view text, std::string_view kept = {});
// The same of several lines; their ends stay, and tabs.
inline std::string printable_lines(std::string_view text) { return printable(text, "\n\t"); }
// The same of a JSON text, which means what it meant: beyond ASCII, and DEL, by JSON's own escapes.
// `all`: whatever is beyond ASCII, as some tools print it.
std::string with_json_escapes(std::string_view json, bool all = false);
// 'text' for a message: printable, in single quotes.
std::string in_quotes(std::string_view text);

// A line as people are shown it: only escaping makes one, so it may be given a text of anybody.
class Shown {
 public:
  template <std::convertible_to<std::string_view> Text>
  Shown(const Text& text) : text_(printable(text)) {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

inline bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// ASCII only: names of settings, variables and schemes.
std::string upper_case(std::string_view text);
std::string lower_case(std::string_view text);

// Every `what` replaced, from left to right; what came in is not looked at again.
std::string replaced(std::string text, std::string_view what, std::string_view by);
// The same of a variable, as $NAME or ${NAME}.
std::string with_variable(std::string text, const std::string& name, std::string_view value);

bool is_utf8(std::string_view text);
// Each byte that is none becomes U+FFFD.
std::string with_replacements(std::string_view text);

// "1 file", "3 files".
std::string counted(size_t count, std::string_view noun);

// " (did you mean 'X'?)" with the nearest candidate behind `prefix`; "" when none is near enough.
std::string suggestion(std::string_view word, std::span<const std::string> candidates, std::string_view prefix = {});

}  // namespace backstep
