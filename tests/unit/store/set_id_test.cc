// SPDX-License-Identifier: Apache-2.0
#include "store/set_id.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("SetId: other names are not taken for a set", "[store][id]") {
  const std::string name =
      GENERATE(as<std::string>{}, "", ".partial-2024-03-10_14-23-00", "2024-03-10T14:23:00",
               "2024-03-10_14-23-00.bak", "2024-03-10_14-23", "keep-me", "2024-02-30_00-00-00",
               "2024-03-10_14-23-00/");
  CAPTURE(name);
  REQUIRE_FALSE(is_set_id(name));
}

TEST_CASE("SetId: a name is its moment in UTC", "[store][id]") {
  REQUIRE(id_of_seconds(1710080580) == "2024-03-10_14-23-00");
  REQUIRE(seconds_of_id("2024-03-10_14-23-00") == 1710080580);
}

TEST_CASE("SetId: a uid is twenty lower-case hex digits", "[store][id]") {
  REQUIRE(is_uid("0123456789abcdef0123"));
  const std::string name =
      GENERATE(as<std::string>{}, "", "0123456789abcdef012", "0123456789ABCDEF0123",
               "0123456789abcdef01234", "2024-03-10_14-23-00x", "../456789abcdef0123x");
  CAPTURE(name);
  REQUIRE_FALSE(is_uid(name));
}

TEST_CASE("SetId: a date more than a day ahead is not believed", "[store][id]") {
  REQUIRE(is_believable(1710080580 + 86400, 1710080580));
  REQUIRE_FALSE(is_believable(1710080580 + 86401, 1710080580));
  REQUIRE(is_believable(0, 1710080580));
}

TEST_CASE("SetId: only evidence has a label with its shelf", "[store][id]") {
  const std::string id = "2024-03-10_14-23-00";
  REQUIRE(SetRef{Shelf::kBackups, id}.label() == id);
  REQUIRE(SetRef{Shelf::kGood, id}.label() == id);
  REQUIRE(SetRef{Shelf::kFailed, id}.label() == "failed/" + id);
}
