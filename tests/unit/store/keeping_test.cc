// SPDX-License-Identifier: Apache-2.0
#include "store/retention/keeping.h"

#include "retention_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using State = CatalogEntry::State;

TEST_CASE("Keeping: rules see what can be read, whatever its date, the newest first",
          "[store][keeping]") {
  RetentionScene it;
  it.backup(9, State::kDamaged);
  it.backup(8, State::kNewer);
  it.backup(7, State::kUnverified);
  it.failed(6, "x");
  it.accepted(5, "a");
  it.backup(-9, "b");
  const Keeping keeping(it.catalog);
  REQUIRE(keeping.sets().size() == 3);
  CHECK(keeping.sets()[1]->ref.shelf == Shelf::kGood);
  CHECK(keeping.sets()[2]->state == State::kUnverified);
  REQUIRE(keeping.evidence().size() == 1);
}

TEST_CASE("Keeping: evidence and backups of one content do not stand for each other",
          "[store][keeping]") {
  RetentionScene it;
  it.failed(3, "a");
  it.backup(2, "a");
  it.backup(1, "a");
  Keeping keeping(it.catalog);
  keeping.keep(it.catalog.entries[1], "one");
  keeping.keep(it.catalog.entries[1], "two");
  const auto decisions = std::move(keeping).decide();
  CHECK(decisions[0].reasons == std::vector<std::string>{"no rule keeps it"});
  CHECK(decisions[1].reasons == std::vector<std::string>{"one", "two"});
  CHECK(decisions[2].reasons ==
        std::vector<std::string>{"same content as " + it.catalog.entries[1].ref.id});
}

TEST_CASE("Keeping: an empty set holds nothing, an unverified one may hold anything",
          "[store][keeping]") {
  RetentionScene it;
  it.backup(3, "");
  it.backup(2, "a");
  it.backup(1, State::kUnverified);
  CHECK(holds_nothing(it.catalog.entries[0]));
  CHECK_FALSE(holds_nothing(it.catalog.entries[1]));
  CHECK_FALSE(holds_nothing(it.catalog.entries[2]));
}
