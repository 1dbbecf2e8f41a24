// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("Text: a name cannot forge a line or move the cursor", "[base][text]") {
  REQUIRE(in_quotes("a\n\x1b[2Jb") == "'a\\x0a\\x1b[2Jb'");
  REQUIRE(in_quotes("\xff"
                    "é") == "'\\xffé'");
  REQUIRE(in_quotes("\xC0\xAF") == "'\\xc0\\xaf'");
  REQUIRE(in_quotes("\xC2\x9B"
                    "2J\xC2\xA0") == "'\\xc2\\x9b2J\xC2\xA0'");
  REQUIRE(in_quotes("a\u202Eb\u2066c\u2028d\u061Ce") ==
          "'a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6c\\xe2\\x80\\xa8d\\xd8\\x9ce'");
  REQUIRE(in_quotes("…→ ​é") == "'…→ ​é'");
}

TEST_CASE("Text: what is shown is escaped once, whoever made it", "[base][text]") {
  const Shown shown("a\n\x1b\\");
  CHECK(shown.text() == "a\\x0a\\x1b\\");
  CHECK(Shown(shown.text()).text() == shown.text());
  CHECK(printable_lines("\ta\r\n##[b]\n") == "\ta\\x0d\n##\\x5bb]\n");
}

TEST_CASE("Text: UTF-8 is judged as the standard does", "[base][text]") {
  REQUIRE(is_utf8("é€😀"));
  REQUIRE_FALSE(is_utf8("\xED\xA0\x80"));
  REQUIRE_FALSE(is_utf8("\xE2\x82"));
  REQUIRE_FALSE(is_utf8("\xF5\x80\x80\x80"));
}

TEST_CASE("Text: UTF-8 is judged wherever it stands among ASCII", "[base][text]") {
  for (size_t before = 0; before < 20; ++before) {
    for (size_t after = 0; after < 20; ++after) {
      CAPTURE(before, after);
      REQUIRE(is_utf8(std::string(before, 'a') + "€" + std::string(after, 'z')));
      REQUIRE_FALSE(is_utf8(std::string(before, 'a') + "\xE2\x82" + std::string(after, 'z')));
    }
  }
}

TEST_CASE("Text: the nearest word is offered, a far one is not", "[base][text]") {
  const std::vector<std::string> words = {"health_check", "health_retries", "deploy"};
  REQUIRE(suggestion("helth_check", words) == " (did you mean 'health_check'?)");
  REQUIRE(suggestion("deply", words) == " (did you mean 'deploy'?)");
  REQUIRE(suggestion("zzz", words).empty());
}

TEST_CASE("Text: trimming, splitting and joining keep what is between", "[base][text]") {
  REQUIRE(trimmed(" \t a b\r\n") == "a b");
  REQUIRE(trimmed(" \n").empty());
  REQUIRE(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  REQUIRE(joined(split("a,b", ','), ", ") == "a, b");
  REQUIRE(joined(split(",a", ','), ",") == ",a");
  REQUIRE(counted(1, "file") == "1 file");
  REQUIRE(counted(0, "file") == "0 files");
}

TEST_CASE("Text: nothing that is shown holds a command of GitHub's older form", "[base][text]") {
  CHECK(printable("##[error]x") == "##\\x5berror]x");
  CHECK(in_quotes("a ##[set-output name=b]") == "'a ##\\x5bset-output name=b]'");
  CHECK(printable("#[a] ## [b]") == "#[a] ## [b]");
}

TEST_CASE("Text: replacing does not look again at what came in", "[base][text]") {
  CHECK(replaced("aXbX", "X", "XX") == "aXXbXX");
  CHECK(replaced("abc", "X", "") == "abc");
}

TEST_CASE("Text: cases change for ASCII letters only", "[base][text]") {
  CHECK(upper_case("health_retries-é1") == "HEALTH_RETRIES-é1");
  CHECK(lower_case("HTTP-É") == "http-É");
}

TEST_CASE("shortened: the last word says how many parts are left out", "[base][text]") {
  REQUIRE(shortened("a b c d", ' ', 7) == "a b c d");
  REQUIRE(shortened("aa bb cc", ' ', 6) == "aa bb and-1-more");
  REQUIRE(shortened("aa bb cc", ' ', 7) == "aa bb and-1-more");
  REQUIRE(shortened("aa bb cc", ' ', 4) == "aa and-2-more");
  REQUIRE(shortened("aaaaaaa,bb", ',', 6) == "and-2-more");
  REQUIRE(shortened("a,b", ',', 0) == "and-2-more");
  REQUIRE(shortened("", ',', 0).empty());
}
