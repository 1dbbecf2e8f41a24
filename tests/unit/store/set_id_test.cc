// SPDX-License-Identifier: Apache-2.0
#include "store/set_id.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "support/catch.h"

using backstep::seconds_of_utc_text;
using backstep::utc_text;
using namespace backstep;

TEST_CASE("SetId: other names are not taken for a set", "[store][id]") {
  const std::string name =
      GENERATE(as<std::string>{}, "", ".partial-2024-03-10_14-23-00", "2024-03-10T14:23:00", "2024-03-10_14-23-00.bak",
               "2024-03-10_14-23", "keep-me", "2024-02-30_00-00-00", "2024-03-10_14-23-00/");
  CAPTURE(name);
  REQUIRE_FALSE(is_set_id(name));
}

TEST_CASE("SetId: a name is its moment in UTC", "[store][id]") {
  REQUIRE(id_of_seconds(1710080580) == "2024-03-10_14-23-00");
  REQUIRE(seconds_of_id("2024-03-10_14-23-00") == 1710080580);
}

TEST_CASE("SetId: a uid is twenty lower-case hex digits", "[store][id]") {
  REQUIRE(is_uid("0123456789abcdef0123"));
  const std::string name = GENERATE(as<std::string>{}, "", "0123456789abcdef012", "0123456789ABCDEF0123",
                                    "0123456789abcdef01234", "2024-03-10_14-23-00x", "../456789abcdef0123x");
  CAPTURE(name);
  REQUIRE_FALSE(is_uid(name));
}

TEST_CASE("SetId: a date more than a day ahead is not believed", "[store][id]") {
  REQUIRE(is_believable(1710080580 + 86400, 1710080580));
  REQUIRE_FALSE(is_believable(1710080580 + 86401, 1710080580));
  REQUIRE(is_believable(0, 1710080580));
}

TEST_CASE("SetId: only failed files have a label with its shelf", "[store][id]") {
  const std::string id = "2024-03-10_14-23-00";
  REQUIRE(SetRef{Shelf::kBackups, id}.label() == id);
  REQUIRE(SetRef{Shelf::kGood, id}.label() == id);
  REQUIRE(SetRef{Shelf::kFailed, id}.label() == "failed/" + id);
}

TEST_CASE("TimeText: what is no moment is refused", "[store][time]") {
  const std::string text =
      GENERATE(as<std::string>{}, "", "2024-03-10", "2024-03-10T14:23:00", "2024-03-10 14:23:00Z",
               "2024-02-30T00:00:00Z", "2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-03-10T24:00:00Z",
               "2024-03-10T14:60:00Z", "2024-03-10T14:23:60Z", "2024-03-10T14:23:0 Z", "1969-12-31T23:59:59Z",
               "2024-03-10T14:23:00Zx", "-024-03-10T14:23:00Z");
  CAPTURE(text);
  REQUIRE_FALSE(seconds_of_utc_text(text));
}

TEST_CASE("TimeText: a time that has no text is an error", "[store][time]") {
  REQUIRE_THROWS_AS(utc_text(-1), backstep::Error);
  REQUIRE_THROWS_AS(utc_text(253402300800), backstep::Error);
}

TEST_CASE("TimeText: a moment reads back", "[store][time]") {
  REQUIRE(utc_text(1710080580) == "2024-03-10T14:23:00Z");
  const int64_t seconds = GENERATE(as<int64_t>{}, 0, 951782400, 1710080580, 4107542399, 253402300799);
  REQUIRE(seconds_of_utc_text(utc_text(seconds)) == seconds);
}

TEST_CASE("TimeText: the time zone of the caller changes nothing", "[store][time]") {
  const char* before = getenv("TZ");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TZ", "Pacific/Kiritimati", 1);
  tzset();
  CHECK(utc_text(1710080580) == "2024-03-10T14:23:00Z");
  CHECK(seconds_of_utc_text("2024-03-10T14:23:00Z") == 1710080580);
  before == nullptr ? unsetenv("TZ") : setenv("TZ", kept.c_str(), 1);
  tzset();
}
