// SPDX-License-Identifier: Apache-2.0
#include "retention_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

TEST_CASE("WholeSets: where the newest set of the last good version is damaged, a whole one stays",
          "[store][whole_sets]") {
  RetentionScene it;
  it.accepted(90, "a");
  it.backup(80, "a");
  it.backup(70, "a");
  it.backup(1, "c");
  it.passed("a");
  it.damaged = {it.catalog.entries[2].ref};
  CHECK(it.kept(only_good(1)) == "80 70");
  CHECK(it.why(only_good(1), "80") == "whole, and newer ones of this content are not");
  CHECK(it.kept(only_last(3)) == "80 70 1");
  it.damaged.push_back(it.catalog.entries[1].ref);
  CHECK(it.kept(only_good(1)) == "90g 70");
  CHECK(it.kept(only_last(3)) == "90g 70 1");
}

TEST_CASE("WholeSets: what goes because another set holds the same is not the last that is whole",
          "[store][whole_sets]") {
  RetentionScene it;
  it.backup(4, "a");
  it.backup(3, "a");
  it.backup(2, "a");
  it.backup(1, "b");
  it.damaged = {it.catalog.entries[2].ref};
  CHECK(it.kept(only_last(2)) == "3 2 1");
  CHECK(it.kept(only_last(1)) == "1");
}

TEST_CASE("WholeSets: a last good version that is damaged in every copy is kept, and the next too",
          "[store][whole_sets]") {
  RetentionScene it;
  it.backup(9, "a");
  it.backup(8, "b");
  it.backup(7, "b");
  it.backup(6, "untested");
  for (const char* script : {"a", "b"}) it.passed(script);
  it.damaged = {it.catalog.entries[1].ref, it.catalog.entries[2].ref};
  CHECK(it.kept(only_good(1)) == "9 7");
  CHECK(it.why(only_good(1), "9") == "last good that is whole");
  it.damaged.push_back(it.catalog.entries[0].ref);
  CHECK(it.kept(only_good(1)) == "7 6");
  CHECK(it.why(only_good(1), "6") == "newest that is whole");
  it.damaged.push_back(it.catalog.entries[3].ref);
  CHECK(it.kept(only_good(1)) == "7");
}

TEST_CASE("WholeSets: nothing is read where nothing goes", "[store][whole_sets]") {
  RetentionScene it;
  it.backup(2, "a");
  it.backup(1, "b");
  it.passed("a");
  const Verdicts verdicts = Verdicts::load(it.scene.store);
  int asked = 0;
  const auto decide = [&](const Retention& policy) {
    decide_retention(policy, {it.catalog, verdicts, {}, kPruneTime, [&](const SetRef&) {
                                ++asked;
                                return true;
                              }});
  };
  decide(only_last(2));
  CHECK(asked == 0);
  decide(only_last(1));
  CHECK(asked == 0);  // "a" stays as the last good one
  decide(only_good(1));
  CHECK(asked == 1);
}
