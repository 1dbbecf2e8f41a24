// SPDX-License-Identifier: Apache-2.0
#include "system/process/command_output.h"

#include <malloc.h>

#include "support/catch.h"

using backstep::Excerpt;
using backstep::plain_lines;

namespace {

Excerpt of_lines(int count) {
  Excerpt excerpt;
  for (int i = 1; i <= count; ++i) excerpt.add("line " + std::to_string(i) + "\n");
  return excerpt;
}

}  // namespace

TEST_CASE("Excerpt: a flood leaves head, tail and a line that says what is missing", "[system][excerpt]") {
  const Excerpt excerpt = of_lines(200'000);
  const std::string text = excerpt.text();
  REQUIRE(text.size() <= Excerpt::kHead + Excerpt::kTail + 80);
  REQUIRE(text.starts_with("line 1\nline 2\n"));
  REQUIRE(text.ends_with("line 199999\nline 200000\n"));
  const size_t gap = text.find("\n[... ");
  REQUIRE(gap != std::string::npos);
  const uint64_t left_out = std::stoull(text.substr(gap + 6));
  const size_t gap_end = text.find(" bytes left out ...]\nline ", gap);
  REQUIRE(gap_end != std::string::npos);
  REQUIRE(gap + 1 + left_out + text.size() - (gap_end + 21) == excerpt.total());
}

TEST_CASE("Excerpt: nothing is left out before the limit", "[system][excerpt]") {
  Excerpt excerpt;
  const std::string bytes(Excerpt::kHead + Excerpt::kTail, 'x');
  excerpt.add(bytes);
  REQUIRE(excerpt.text() == bytes);
  excerpt.add("y");
  REQUIRE(excerpt.text().find("1 bytes left out") != std::string::npos);
  REQUIRE(excerpt.total() == bytes.size() + 1);
}

TEST_CASE("Excerpt: one piece of many megabytes is bounded too", "[system][excerpt]") {
  Excerpt excerpt;
  excerpt.add(std::string(5'000'000, 'x') + "end");
  REQUIRE(excerpt.text().size() < Excerpt::kHead + Excerpt::kTail + 80);
  REQUIRE(excerpt.text().ends_with("xend"));
}

TEST_CASE("Excerpt: memory does not grow with the output", "[system][excerpt]") {
  Excerpt excerpt;
  const std::string piece(4096, 'x');
  const size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
  for (int i = 0; i < 4'000; ++i) excerpt.add(piece);
  REQUIRE(mallinfo2().uordblks + mallinfo2().hblkhd < before + 1'000'000);
}

TEST_CASE("Excerpt: the last lines are counted from the end", "[system][excerpt]") {
  REQUIRE(Excerpt().last_lines(3).empty());
  REQUIRE(of_lines(5).last_lines(0).empty());
  REQUIRE(of_lines(5).last_lines(2) == "line 4\nline 5");
  REQUIRE(of_lines(2).last_lines(9) == "line 1\nline 2");
  REQUIRE(of_lines(200'000).last_lines(2) == "line 199999\nline 200000");
  Excerpt unfinished;
  unfinished.add("\na\n\nb");
  REQUIRE(unfinished.last_lines(1) == "b");
  REQUIRE(unfinished.last_lines(2) == "\nb");
  REQUIRE(unfinished.last_lines(4) == "\na\n\nb");
}

TEST_CASE("plain_lines: what a terminal would be left with, in words", "[system][plain_lines]") {
  using Lines = std::vector<std::string>;
  CHECK(plain_lines("\x1b[1;31mError:\x1b[0m x\x1b(B\n") == Lines{"Error: x"});
  CHECK(plain_lines("a 10%\r\x1b[Ka 99%\r\r\nb\r\n") == Lines{"a 99%", "b"});
  CHECK(plain_lines("\x1b]8;;http://a/\x1b\\c\x1b]8;;\a d\n\n\te") == Lines{"c d", "", "    e"});
  CHECK(plain_lines("\x1b]0;no end\nb\x1b") == Lines{"0;no end", "b"});
  CHECK(plain_lines("a\x07##[error]\xff") == Lines{"a\\x07##\\x5berror]\\xff"});
  CHECK(plain_lines(" \n\x1b[0m\n").empty());
}
