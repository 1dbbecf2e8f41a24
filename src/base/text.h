// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string joined(std::span<const std::string> parts, std::string_view separator);

// 'text' for a message: in single quotes, control bytes and invalid UTF-8 as \xNN, so that a file
// name can neither forge a second log line nor move the terminal's cursor.
std::string in_quotes(std::string_view text);

// The same escapes without the quotes.
std::string printable(std::string_view text);

bool is_utf8(std::string_view text);

// "1 file", "3 files".
std::string counted(size_t count, std::string_view noun);

// The candidate that the user most likely meant, or "" when none is near enough to be helpful.
std::string closest_match(std::string_view word, std::span<const std::string> candidates);

}  // namespace backstep
