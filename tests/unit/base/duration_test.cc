// SPDX-License-Identifier: Apache-2.0
#include "base/duration.h"

#include "base/error.h"
#include "support/catch.h"

using backstep::Duration;
using backstep::parse_duration;
using backstep::test::matchers::Contains;

TEST_CASE("Duration: what cannot be meant is refused with the reason", "[base][duration]") {
  const auto [text, reason] = GENERATE(table<std::string, std::string>({
      {"", "empty"},
      {"5 minutes", "unknown unit"},
      {"-1", "a number is expected"},
      {"1e99", "unknown unit"},
      {"010", "leading zero"},
      {"010s", "leading zero"},
      {"10x", "unknown unit"},
      {"30s1m", "units must fall"},
      {"1m1m", "units must fall"},
      {"s", "a number is expected"},
      {"99999999999999999999s", "too large"},
      {"99999999999", "too large"},
      {"3651d", "too large"},
      {"1.5s", "unknown unit"},
  }));
  CAPTURE(text);
  REQUIRE_THROWS_WITH(parse_duration(text), Contains(reason));
}

TEST_CASE("Duration: units add up and a bare number is seconds", "[base][duration]") {
  REQUIRE(parse_duration("500ms") == Duration(500));
  REQUIRE(parse_duration("30") == Duration(30'000));
  REQUIRE(parse_duration("0") == Duration(0));
  REQUIRE(parse_duration("0s") == Duration(0));
  REQUIRE(parse_duration("1m30s") == Duration(90'000));
  REQUIRE(parse_duration("2h") == Duration(7'200'000));
  REQUIRE(parse_duration("30d") == Duration(30LL * 86'400'000));
  REQUIRE(parse_duration("1d2h3m4s5ms") == Duration(93'784'005));
}

TEST_CASE("Duration: the printed form reads back", "[base][duration]") {
  for (const int64_t ms : {0LL, 1LL, 999LL, 1000LL, 61'001LL, 93'784'005LL}) {
    REQUIRE(parse_duration(backstep::format_duration(Duration(ms))) == Duration(ms));
  }
}

TEST_CASE("Duration: measured times are said as a person says them", "[base][duration]") {
  REQUIRE(backstep::spoken_duration(Duration(420)) == "0.4 s");
  REQUIRE(backstep::spoken_duration(Duration(12'345)) == "12 s");
  REQUIRE(backstep::spoken_duration(Duration(125'000)) == "2 m 05 s");
}

TEST_CASE("Duration: a running time counts whole seconds", "[base][duration]") {
  REQUIRE(backstep::running_time(Duration(999)) == "0:00");
  REQUIRE(backstep::running_time(Duration(72'000)) == "1:12");
  REQUIRE(backstep::running_time(Duration(5'400'000)) == "90:00");
}
