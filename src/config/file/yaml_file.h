// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/file/yaml_text.h"

namespace backstep {

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

}  // namespace backstep
