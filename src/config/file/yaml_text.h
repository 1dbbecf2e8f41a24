// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace backstep {

// What yaml_file.h needs to know of the bytes themselves: the parser is lenient or silent there.

struct YamlPlace {
  int line = 1;    // from 1
  int column = 1;  // from 1, in bytes
};

// "backstep.yml:3:9", and an Error (kUsage) that begins with it.
std::string place_in_file(std::string_view file, const YamlPlace& place);
[[noreturn]] void refuse_yaml(std::string_view file, const YamlPlace& place, std::string_view why);

// Refuses what is too large, holds a NUL byte or a byte order mark, or is not UTF-8: the parser
// would guess another encoding.
void check_yaml_bytes(std::string_view file, std::string_view bytes);

// Whether the quote at byte `at` has its end. The parser lets it run silently to the end of the
// file, and every setting below it is gone.
bool quote_is_closed(std::string_view bytes, size_t at);

// The column of the first tab in the indentation of a line, 0 when there is none.
int column_of_indenting_tab(std::string_view bytes, int line);

// The parser's messages are right, but few would know what to do about them.
std::string reworded_yaml_error(const std::string& message);

}  // namespace backstep
