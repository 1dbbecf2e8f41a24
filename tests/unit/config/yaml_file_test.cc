// SPDX-License-Identifier: Apache-2.0
#include "config/file/yaml_file.h"

#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;

namespace {

std::string refused_yaml(const std::string& bytes) {
  return test::refusal([&] { parse_yaml("f.yml", bytes); });
}

}  // namespace

TEST_CASE("YamlFile: a duplicate key names both places", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: 1\nb: 2\na: 3\n") == "f.yml:3:1: duplicate key 'a': first at line 1, column 1");
  REQUIRE(refused_yaml("g: {x: 1, y: 2, x: 3}\n") == "f.yml:1:17: duplicate key 'x': first at line 1, column 5");
}

TEST_CASE("YamlFile: the same key in two maps is no duplicate", "[config][yaml_file]") {
  REQUIRE(parse_yaml("f.yml", "a: {x: 1}\nb: {x: 2}\nx: 3\n").map.size() == 3);
}

TEST_CASE("YamlFile: a second document is refused", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: 1\n---\nb: 2\n") == "f.yml:2:1: a second document begins here: only one is allowed");
  REQUIRE(parse_yaml("f.yml", "---\na: 1\n...\n").map.size() == 1);
}

TEST_CASE("YamlFile: anchors, aliases and tags are refused where they stand", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: &x 1\nb: *x\n") == "f.yml:1:4: anchors are not allowed: '&x'");
  REQUIRE(refused_yaml("files: [*.conf]\n") ==
          "f.yml:1:9: aliases are not allowed: a text that begins with '*' needs quotes");
  REQUIRE(refused_yaml("a: !!int 3\n") == "f.yml:1:4: tags are not allowed: 'tag:yaml.org,2002:int'");
  REQUIRE(refused_yaml("a: !python {b: 1}\n") == "f.yml:1:4: tags are not allowed: '!python'");
  REQUIRE(refused_yaml("a: ! x\n") == "f.yml:1:4: tags are not allowed: '!'");
  REQUIRE(refused_yaml("a: ! [x]\n") == "f.yml:1:4: tags are not allowed: '!'");
}

TEST_CASE("YamlFile: a tab in the indentation is named as such", "[config][yaml_file]") {
  const std::string why = "a tab in the indentation: YAML allows only spaces there";
  REQUIRE(refused_yaml("a:\n\tb: 1\n") == "f.yml:2:1: " + why);
  REQUIRE(refused_yaml("a:\n  b: 1\n \tc: 1\n") == "f.yml:3:2: " + why);
  REQUIRE(refused_yaml("\ta: 1\n") == "f.yml:1:1: " + why);
}

TEST_CASE("YamlFile: a quote that is never closed does not swallow the rest", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: 'x\nb: y\n") == "f.yml:1:4: the quote that begins here is never closed");
  REQUIRE(refused_yaml("a: 1\nb: \"x\\\"\n") == "f.yml:2:4: the quote that begins here is never closed");
  REQUIRE(refused_yaml("a: 'it''s\n") == "f.yml:1:4: the quote that begins here is never closed");
}

TEST_CASE("YamlFile: a syntax error has its place and a hint", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: b: c\n") == "f.yml:1:5: a ':' is not allowed here: a text that holds ': ' needs quotes");
  REQUIRE(refused_yaml("a: @x\n") == "f.yml:1:4: a text cannot begin like this: it needs quotes");
  REQUIRE(refused_yaml("h:\n  t: x\n i: 5\n") == "f.yml:3:2: unexpected text or indentation here");
  REQUIRE(refused_yaml("a: [1,\n") == "f.yml:2:1: the ']' of a list is missing");
}

TEST_CASE("YamlFile: a key must be a text", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: 1\n? [b]\n: c\n") == "f.yml:2:3: a key must be a text");
  REQUIRE(refused_yaml(": 1\n") == "f.yml:1:1: a key must be a text");
  REQUIRE(refused_yaml("null: 1\n") == "f.yml:1:1: a key must be a text");
}

TEST_CASE("YamlFile: what is no map at all is refused", "[config][yaml_file]") {
  const std::string why = "settings are expected, one 'name: value' a line";
  REQUIRE(refused_yaml("- a\n- b\n") == "f.yml:1:1: " + why);
  REQUIRE(refused_yaml("\ndeploy=x\n") == "f.yml:2:1: " + why);
}

TEST_CASE("YamlFile: nesting ends at 32 levels", "[config][yaml_file]") {
  const auto nested = [](size_t depth) {
    return "a: " + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "\n";
  };
  REQUIRE(parse_yaml("f.yml", nested(32)).map.size() == 1);
  REQUIRE(refused_yaml(nested(33)) == "f.yml:1:35: nested more than 32 levels deep");
}

TEST_CASE("YamlFile: an escaped NUL is refused like a plain one", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: 1\nb: \"x\\0y\"\n") == "f.yml:2:4: a NUL byte in a text");
}

TEST_CASE("YamlFile: the bytes are judged before the parser sees them", "[config][yaml_file]") {
  REQUIRE(refused_yaml("a: \xff\n") == "f.yml:1:1: this line is not UTF-8");
}

TEST_CASE("YamlFile: an empty file is an empty map", "[config][yaml_file]") {
  for (const char* bytes : {"", "\n", "# only a comment\n", "---\n"}) {
    const YamlNode root = parse_yaml("f.yml", bytes);
    REQUIRE(root.kind == YamlNode::Kind::kMap);
    REQUIRE(root.map.empty());
  }
}

TEST_CASE("YamlFile: each part keeps its kind and its place", "[config][yaml_file]") {
  const YamlNode root = parse_yaml("f.yml",
                                   "a: 010\r\n"
                                   "b: '010'\r\n"
                                   "c:\r\n"
                                   "  - x\r\n"
                                   "  - {k: v}\r\n"
                                   "d:\r\n"
                                   "e: ~\r\n");
  REQUIRE(root.map.size() == 5);
  REQUIRE(root.map[0].value.scalar == "010");
  REQUIRE(root.map[1].line == 2);
  REQUIRE(root.map[1].value.column == 4);
  REQUIRE(root.map[2].value.list.size() == 2);
  REQUIRE(root.map[2].value.list[1].map.front().key == "k");
  REQUIRE(root.map[3].value.kind == YamlNode::Kind::kNull);
  REQUIRE(root.map[3].value.line == 6);
  REQUIRE(root.map[4].value.kind == YamlNode::Kind::kNull);
}

TEST_CASE("YamlFile: a block of text keeps its lines", "[config][yaml_file]") {
  const YamlNode root = parse_yaml("f.yml", "deploy: |\n  set -e\n  \tmake\n");
  REQUIRE(root.map.front().value.scalar == "set -e\n\tmake\n");
}
