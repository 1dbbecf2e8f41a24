// SPDX-License-Identifier: Apache-2.0
#include "base/json.h"

#include "base/error.h"
#include "support/catch.h"

using backstep::Json;
using backstep::test::matchers::Contains;

TEST_CASE("Json: what our files never hold is refused", "[base][json]") {
  const auto [text, reason] = GENERATE(table<std::string, std::string>({
      {"", "not JSON"},
      {"{\"a\":1", "not JSON"},
      {"{\"a\":1}{", "not JSON"},
      {"{\"a\":1,\"a\":2}", "duplicate key 'a'"},
      {"\"\xF0\x9F", "not UTF-8"},
      {"[\"\xF3", "not UTF-8"},
      {R"(["\ude00"])", "not UTF-8"},
      {R"({"\ude00":1})", "not UTF-8"},
      {std::string("[1\0]", 4), "not JSON at byte 2"},
      {"1.5", "fraction"},
      {"18446744073709551615", "too large"},
      {std::string(40, '['), "too deeply"},
  }));
  CAPTURE(text);
  REQUIRE_THROWS_WITH(Json::parse(text), Contains(reason));
}

TEST_CASE("Json: what is written reads back in the same order", "[base][json]") {
  const std::string text = R"({"b":1,"a":[true,null,"x\ny"],"c":{"d":-5}})";
  REQUIRE(Json::parse(text).dump() == text);
}

TEST_CASE("Json: a text ends, and is refused, wherever in it that is due", "[base][json]") {
  for (size_t before = 0; before < 40; ++before) {
    CAPTURE(before);
    const std::string text(before, 'x');
    REQUIRE(*Json::parse('"' + text + '"').string() == text);
    REQUIRE(*Json::parse('"' + text + R"(\né")").string() == text + "\né");
    REQUIRE(Json::parse(std::string(before, ' ') + "[1]").dump() == "[1]");
    for (const char control : {'\0', '\n', '\x1f'}) {
      REQUIRE_THROWS_WITH(Json::parse('"' + text + control + "y\""), Contains("not JSON"));
    }
    REQUIRE_THROWS_WITH(Json::parse('"' + text), Contains("not JSON"));
  }
}

TEST_CASE("Json: escaped characters are read, surrogate pairs too", "[base][json]") {
  REQUIRE(*Json::parse(R"("\u00e9 \ud83d\ude00 \n")").string() == "é 😀 \n");
}

TEST_CASE("Json: a member of the wrong type is named", "[base][json]") {
  const Json value = Json::parse(R"({"name":1,"count":"x","flag":0,"list":[1]})");
  REQUIRE_THROWS_WITH(value.text("name"), Contains("'name'"));
  REQUIRE_THROWS_WITH(value.number("count"), Contains("'count'"));
  REQUIRE_THROWS_WITH(value.flag_or("flag", false), Contains("'flag'"));
  REQUIRE_THROWS_WITH(value.texts("list"), Contains("'list'"));
  REQUIRE_THROWS_WITH(value.text("none"), Contains("missing"));
  REQUIRE(value.text_or("none", "otherwise") == "otherwise");
}

TEST_CASE("Json: bytes that are not UTF-8 do not stop the writing", "[base][json]") {
  REQUIRE(Json("a\xff").dump() == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("Json: an answer holds nothing that a terminal obeys, and means the same", "[base][json]") {
  const std::string text =
      "a\x7F\xC2\x9B"
      "31m \xE2\x80\xAE\xE2\x81\xA6\xD8\x9C é ✅";
  const std::string answer = Json(text).pretty();
  CHECK(answer == "\"a\\u007f\\u009b31m \\u202e\\u2066\\u061c é ✅\"");
  CHECK(*Json::parse(answer).string() == text);
}
