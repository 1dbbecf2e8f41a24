// SPDX-License-Identifier: Apache-2.0
#include "store/retention/retention.h"

#include "base/error.h"
#include "retention_scene.h"
#include "support/catch.h"
#include "support/refusal.h"

using namespace backstep;
using namespace backstep::test;
using State = CatalogEntry::State;
using backstep::test::matchers::Contains;

namespace {

constexpr Duration days(int count) { return std::chrono::hours(24 * count); }

}  // namespace

TEST_CASE("Retention: an empty policy is refused, for it would remove everything", "[store][retention]") {
  const RetentionScene it;
  const std::string refused = refusal([&] { it.decide(no_rules()); });
  CHECK_THAT(refused, backstep::test::matchers::StartsWith("retention is empty: ") && !Contains("evidence"));
  CHECK_THAT(refusal([&] { it.decide(only<&Retention::keep_failed>(10)); }),
             Contains("(keep_failed is for failed files only)"));
  for (const Retention& policy : {only_last(1), only_good(1), only_within(Duration(1)), only_tags({"v1"})}) {
    CHECK(refusal([&] { it.decide(policy); }) == "not refused");
  }
}

TEST_CASE("Retention: damaged and newer sets stay and take no place", "[store][retention]") {
  RetentionScene it;
  it.passed("a");
  it.backup(6, "z");
  it.backup(5, "a");
  it.backup(3, State::kDamaged);
  it.backup(2, State::kNewer);
  const Retention policy = only_last(1);
  CHECK(it.kept(policy) == "5 3 2");
  CHECK(it.why(policy, "3") == "damaged");
  CHECK(it.why(policy, "2") == "written by a newer version");
  CHECK(it.why(policy, "6") == "no rule keeps it");
}

TEST_CASE("Retention: the age of a set dated far ahead is not known", "[store][retention]") {
  RetentionScene it;
  it.passed("a");
  it.backup(9, "a");
  CatalogEntry& now = it.backup(0, "b");
  CHECK(it.kept(only_within(Duration{kDay * 1000})) == "9 0");
  now.manifest.time = kPruneTime + kDay;
  CHECK(it.kept(only_within(Duration{kDay * 1000})) == "9 0");
  now.manifest.time += 1;
  CHECK(it.kept(only_within(Duration{kDay * 1000})) == "9");
  CHECK(it.kept(only_last(1)) == "9 0");
}

TEST_CASE("Retention: what the journal names stays", "[store][retention]") {
  RetentionScene it;
  it.failed(90, "a");
  it.backup(80, "b");
  it.backup(1, "c");
  it.in_use = {it.catalog.entries[0].ref, it.catalog.entries[1].ref};
  CHECK(it.kept(only_last(1)) == "90f 80 1");
  CHECK(it.why(only_last(1), "80") == "named by the journal");
  it.in_use = {{Shelf::kGood, it.catalog.entries[1].ref.id}};
  CHECK(it.kept(only_last(1)) == "1");
}

TEST_CASE("Retention: keep_last counts contents, and keeps the newest set of each", "[store][retention]") {
  RetentionScene it;
  it.backup(20, "a");
  it.backup(19, "b");
  for (int age = 18; age > 8; --age) it.backup(age, "re-run");
  CHECK(it.kept(only_last(3)) == "20 19 9");
  CHECK(it.kept(only_last(2)) == "19 9");
  CHECK(it.kept(only_last(1)) == "9");
  CHECK(it.why(only_last(3), "9") == "newest, for nothing is known good; last 3");
  CHECK(it.why(only_last(3), "10") == "same content as " + id_of_seconds(kPruneTime - 9 * kDay));
  CHECK(it.why(only_last(2), "20") == "no rule keeps it");
}

TEST_CASE("Retention: keep_last counts backups and accepted sets apart", "[store][retention]") {
  RetentionScene it;
  it.accepted(5, "a");
  it.backup(4, "a");
  it.accepted(3, "b");
  it.backup(2, "b");
  it.accepted(1, "c");
  CHECK(it.kept(only_last(1)) == "2 1g");
  CHECK(it.kept(only_last(2)) == "4 2 1g");
}

TEST_CASE("Retention: an accepted set does not get the place that its newer backup did not get", "[store][retention]") {
  RetentionScene it;
  it.accepted(5, "a");
  it.backup(4, "a");
  it.backup(2, "b");
  CHECK(it.kept(only_last(1)) == "2");
}

TEST_CASE("Retention: a set without a manifest is a content of its own", "[store][retention]") {
  RetentionScene it;
  it.backup(4, State::kUnverified);
  it.backup(3, State::kUnverified);
  it.backup(2, "a");
  CHECK(it.kept(only_last(2)) == "3 2");
}

TEST_CASE("Retention: keep_within keeps all within the time, identical ones too, to the second", "[store][retention]") {
  RetentionScene it;
  it.passed("new");
  it.backup(40, "a");
  it.accepted(9, "a");
  it.failed(8, "x");
  it.backup(7, State::kUnverified);
  it.backup(1, "new");
  CHECK(it.kept(only_within(days(9))) == "9g 7 1");
  CHECK(it.why(only_within(days(9)), "9g") == "within 9d");
  CHECK(it.kept(only_within(days(9) - Duration(1))) == "7 1");
  CHECK(it.kept(only_within(days(40))) == "40 9g 7 1");
  // Imported: an old name, a young manifest.
  it.catalog.entries[0].manifest.time = kPruneTime - kDay;
  CHECK(it.kept(only_within(days(1))) == "40 1");
}

TEST_CASE("Retention: keep_good keeps the newest set of each of the last good versions", "[store][retention]") {
  RetentionScene it;
  it.backup(9, "a");
  it.accepted(8, "b");
  it.backup(7, "b");
  it.backup(6, "never tested");
  it.accepted(5, "c");
  it.failed(4, "a");
  it.backup(3, "c");
  for (const char* script : {"a", "b", "c"}) it.passed(script);
  CHECK(it.kept(only_good(1)) == "3");
  CHECK(it.kept(only_good(2)) == "7 3");
  CHECK(it.kept(only_good(3)) == "9 7 3");
  CHECK(it.kept(only_good(9)) == "9 7 3");
  CHECK(it.why(only_good(3), "9") == "last 3 good");
  it.passed("a");
  CHECK(it.kept(only_good(1)) == "9");
  CHECK(it.why(only_good(1), "9") == "last good");
}

TEST_CASE("Retention: a good version that no set holds takes no place", "[store][retention]") {
  RetentionScene it;
  it.backup(3, "a");
  it.backup(2, "b");
  it.backup(1, "c");
  for (const char* script : {"a", "b", "deleted by hand"}) it.passed(script);
  CHECK(it.kept(only_good(2)) == "3 2");
  CHECK(it.why(only_good(2), "2") == "last good");
}

TEST_CASE("Retention: the last good set stays though no rule keeps it", "[store][retention]") {
  RetentionScene it;
  it.accepted(90, "a");
  it.backup(80, "b");
  it.accepted(2, "c");
  it.backup(1, "d");
  CHECK(it.kept(only_last(1)) == "2g 1");
  it.passed("b");
  it.passed("a");
  CHECK(it.kept(only_last(1)) == "90g 2g 1");
}

TEST_CASE("Retention: where nothing is good, the newest that holds something stays", "[store][retention]") {
  RetentionScene it;
  it.backup(9, "a");
  it.backup(8, "b");
  it.backup(7, "");
  it.failed(6, "c");
  it.passed("a", false);
  it.passed("b", false);
  CHECK(it.kept(only_within(Duration(1))) == "8");
  CHECK(it.why(only_within(Duration(1)), "8") == "newest, for nothing is known good");
  CHECK(it.kept(only_last(1)) == "8 7");
}

TEST_CASE("Retention: keep_tags keeps all sets with a tag of the list", "[store][retention]") {
  RetentionScene it;
  it.backup(9, "a").manifest.tag = "v1";
  it.backup(8, "a").manifest.tag = "v1";
  it.backup(7, "b").manifest.tag = "v2";
  it.failed(6, "c").manifest.tag = "v1";
  it.passed("d");
  it.backup(5, "d");
  CHECK(it.kept(only_tags({"v1"})) == "9 8 5");
  CHECK(it.kept(only_tags({"v3", "v2"})) == "7 5");
  CHECK(it.kept(only_tags({"*"})) == "9 8 7 5");
  CHECK(it.kept(only_tags({"v"})) == "5");
  CHECK(it.why(only_tags({"*"}), "7") == "tag v2");
}

TEST_CASE("Retention: evidence is kept by keep_failed and by nothing else", "[store][retention]") {
  RetentionScene it;
  it.passed("a");
  it.failed(9, "x");
  it.failed(8, "y");
  it.failed(7, "x");
  it.backup(2, "x");
  it.backup(1, "a");
  Retention policy = only_last(9);
  CHECK(it.kept(policy) == "2 1");
  policy.keep_failed = 1;
  CHECK(it.kept(policy) == "7f 2 1");
  policy.keep_failed = 2;
  CHECK(it.kept(policy) == "8f 7f 2 1");
  CHECK(it.why(policy, "7f") == "last 2 failed");
  CHECK(it.why(policy, "9f") == "same content as failed/" + id_of_seconds(kPruneTime - 7 * kDay));
}

TEST_CASE("Retention: what evidence rests on stays as long as the evidence", "[store][retention]") {
  RetentionScene it;
  it.passed("a");
  const std::string base = it.backup(9, "a").ref.id;
  it.failed(8, "x").manifest.base = base;
  it.backup(1, "a");
  Retention policy = only_last(1);
  CHECK(it.kept(policy) == "1");
  policy.keep_failed = 1;
  CHECK(it.kept(policy) == "9 8f 1");
  CHECK(it.why(policy, "9") == "needed by failed/" + id_of_seconds(kPruneTime - 8 * kDay));
}

TEST_CASE("Retention: every rule that keeps a set is among its reasons", "[store][retention]") {
  RetentionScene it;
  it.passed("a");
  it.backup(1, "a").manifest.tag = "v1";
  const Retention policy{.keep_tags = {"v1"}};
  CHECK(it.why(policy, "1") == "last good; last 10; within 30d; tag v1");
}

TEST_CASE("Retention: evidence and backups of one content do not stand for each other", "[store][retention]") {
  RetentionScene it;
  it.failed(3, "a");
  it.backup(2, "a");
  it.backup(1, "a");
  CHECK(it.why(only_last(1), "3f") == "no rule keeps it");
  CHECK(it.why(only_last(1), "2") == "same content as " + id_of_seconds(kPruneTime - kDay));
  CHECK(it.why(only_last(1), "1") == "newest, for nothing is known good; last 1");
}
