// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backstep {

struct YamlPlace {
  int line = 1;    // from 1
  int column = 1;  // from 1, in bytes
};

// What a YAML file holds, with the place of each part, built from the parser's events so that
// duplicate keys, aliases and tags are refused instead of being resolved silently.
struct YamlNode : YamlPlace {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  std::string scalar;
  std::vector<YamlNode> list;
  struct Member;
  std::vector<Member> map;

  const Member* find(std::string_view key) const;  // of a map; null: it has none
};

struct YamlNode::Member : YamlPlace {
  std::string key;
  YamlNode value;
};

constexpr size_t kLargestYaml = size_t{1} << 20;

// Throws Error (kUsage) "FILE:LINE:COLUMN: reason". Limits: 1 MiB, 32 levels, one document. NUL
// bytes, a byte order mark, bytes that are not UTF-8, aliases, anchors and tags are refused, and so
// is a file that holds anything but a map. An empty file is an empty map.
YamlNode parse_yaml(std::string_view file, std::string_view bytes);

// The rest is of the bytes themselves, where the parser is lenient or silent: yaml_text.cc.

// "backstep.yml:3:9", and an Error (kUsage) that begins with it.
std::string place_in_file(std::string_view file, const YamlPlace& place);
[[noreturn]] void refuse_yaml(std::string_view file, const YamlPlace& place, std::string_view why);

// Refuses what is too large, holds a NUL byte or a byte order mark, or is not UTF-8.
void check_yaml_bytes(std::string_view file, std::string_view bytes);

// Whether the quote at `at` has its end. The parser lets it swallow every setting below it.
bool quote_is_closed(std::string_view bytes, size_t at);

// The column of the first tab in the indentation of a line, 0 when there is none.
int column_of_indenting_tab(std::string_view bytes, int line);

// The parser's messages are right, but few would know what to do about them.
std::string reworded_yaml_error(const std::string& message);

}  // namespace backstep
