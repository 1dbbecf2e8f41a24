// SPDX-License-Identifier: Apache-2.0
#include "store/set_id.h"

#include "base/error.h"
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

TEST_CASE("SetId: after the last name there is none", "[store][id]") {
  REQUIRE_THROWS_WITH(next_id(1710080580, "9999-12-31_23-59-59"),
                      "cannot name a set after '9999-12-31_23-59-59': no later name exists");
}

TEST_CASE("SetId: names are unique and sort by creation though the clock goes back",
          "[store][id]") {
  std::string newest;
  for (const int64_t now :
       {1710080580, 1710080580, 1710080580, 1710080000, 0, 1710080582, 1710090000, 1710090000}) {
    const std::string id = next_id(now, newest);
    REQUIRE(newest < id);
    newest = id;
  }
  REQUIRE(newest == id_of_seconds(1710090001));
}

TEST_CASE("SetId: a free clock is not held back", "[store][id]") {
  REQUIRE(next_id(1710080580, "") == "2024-03-10_14-23-00");
  REQUIRE(next_id(1710080580, "2024-03-10_14-22-59") == "2024-03-10_14-23-00");
}

TEST_CASE("SetId: only evidence has a label with its shelf", "[store][id]") {
  const std::string id = "2024-03-10_14-23-00";
  REQUIRE(SetRef{Shelf::kBackups, id}.label() == id);
  REQUIRE(SetRef{Shelf::kGood, id}.label() == id);
  REQUIRE(SetRef{Shelf::kFailed, id}.label() == "failed/" + id);
}
