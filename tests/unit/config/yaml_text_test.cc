// SPDX-License-Identifier: Apache-2.0
#include "config/file/yaml_file.h"

#include "config/file/yaml_file.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;

namespace {

std::string refused_text(const std::string& bytes) {
  return test::refusal([&] { check_yaml_bytes("f.yml", bytes); });
}

}  // namespace

TEST_CASE("YamlText: a NUL byte is refused where it stands", "[config][yaml_text]") {
  REQUIRE(refused_text(std::string("a: 1\nb: \0\n", 10)) == "f.yml:2:4: a NUL byte");
}

TEST_CASE("YamlText: a byte order mark is refused, whatever its width", "[config][yaml_text]") {
  const std::string why = "f.yml:1:1: a byte order mark: save the file as plain UTF-8";
  REQUIRE(refused_text("\xEF\xBB\xBF"
                       "a: 1\n") == why);
  REQUIRE(refused_text(std::string("\xFF\xFE"
                                   "a\0",
                                   4)) == why);
  REQUIRE(refused_text(std::string("\xFE\xFF\0a", 4)) == why);
}

TEST_CASE("YamlText: the line that is not UTF-8 is named", "[config][yaml_text]") {
  REQUIRE(refused_text("a: é\nb: \xC3(\nc: 1") == "f.yml:2:1: this line is not UTF-8");
  REQUIRE(refused_text("a: 1\nb: \xC3") == "f.yml:2:1: this line is not UTF-8");
  REQUIRE(refused_text("a: é\n") == "not refused");
}

TEST_CASE("YamlText: more than a mebibyte is refused", "[config][yaml_text]") {
  REQUIRE(refused_text(std::string(kLargestYaml + 1, '#')) == "f.yml:1:1: the file is larger than 1048576 bytes");
  REQUIRE(refused_text(std::string(kLargestYaml, '#')) == "not refused");
}

TEST_CASE("YamlText: a file's name cannot forge a line", "[config][yaml_text]") {
  REQUIRE(test::refusal([] { refuse_yaml("a\nb", {3, 4}, "why"); }) == "a\\x0ab:3:4: why");
}

TEST_CASE("YamlText: quotes end as their kind says", "[config][yaml_text]") {
  REQUIRE(quote_is_closed("a: 'x'", 3));
  REQUIRE(quote_is_closed("'it''s'", 0));
  REQUIRE_FALSE(quote_is_closed("'it''s", 0));
  REQUIRE(quote_is_closed("'\\'", 0));
  REQUIRE(quote_is_closed("\"\\\"\"", 0));
  REQUIRE_FALSE(quote_is_closed("\"\\\"", 0));
}

TEST_CASE("YamlText: only a tab before the text is one of indentation", "[config][yaml_text]") {
  REQUIRE(column_of_indenting_tab("a: 1\n  \tb", 2) == 3);
  REQUIRE(column_of_indenting_tab("a: 1\n  b\t", 2) == 0);
  REQUIRE(column_of_indenting_tab("a: 1\n", 9) == 0);
}
