// SPDX-License-Identifier: Apache-2.0
#include "store/retention.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "stored_sets.h"

using namespace backstep;
using namespace backstep::test;
using State = CatalogEntry::State;

namespace {

constexpr int64_t kDay = 86400;
constexpr int64_t kNow = 1710080580;
constexpr Retention kNothing{.keep_last = 0, .keep_good = 0, .keep_within = Duration{0}};

// Days old, and what the set holds.
CatalogEntry set_of(Shelf shelf, int days, const std::string& script = "",
                    State state = State::kComplete) {
  CatalogEntry entry;
  entry.ref = {shelf, id_of_seconds(kNow - days * kDay)};
  entry.state = state;
  entry.manifest.time = kNow - days * kDay;
  if (state == State::kComplete) entry.manifest.digest = digest_of_script(script);
  return entry;
}

struct RetentionScene {
  StoreScene scene;
  Catalog catalog;
  std::vector<SetRef> in_use;

  void good(const std::string& script) {
    static int run = 0;
    append_verdict(scene.store, {.run = "r" + std::to_string(++run),
                                 .digest = digest_of_script(script),
                                 .good = true,
                                 .commit = ""});
  }
  // The ages in days of what stays, newest last: "30f 2 1g", with reasons asked for one.
  std::string kept(const Retention& policy, std::string* reason = nullptr) const {
    const Verdicts verdicts = Verdicts::load(scene.store);
    std::string result;
    for (const RetentionDecision& decision :
         decide_retention(policy, {catalog, verdicts, in_use, kNow})) {
      if (!decision.keep) continue;
      const int64_t days = (kNow - *seconds_of_id(decision.ref.id)) / kDay;
      result += (result.empty() ? "" : " ") + std::to_string(days);
      if (decision.ref.shelf == Shelf::kGood) result += "g";
      if (decision.ref.shelf == Shelf::kFailed) result += "f";
      if (reason != nullptr) *reason = decision.reason;
    }
    return result;
  }
};

Retention last(int count) {
  Retention policy = kNothing;
  policy.keep_last = count;
  return policy;
}

Retention good(int count) {
  Retention policy = kNothing;
  policy.keep_good = count;
  return policy;
}

Retention within(Duration duration) {
  Retention policy = kNothing;
  policy.keep_within = duration;
  return policy;
}

}  // namespace

TEST_CASE("Retention: an empty policy is refused, for it would remove everything",
          "[store][retention]") {
  const RetentionScene it;
  try {
    it.kept(kNothing);
    FAIL("it was accepted");
  } catch (const Error& error) {
    REQUIRE(error.code() == ExitCode::kUsage);
    REQUIRE_THAT(error.message(), Catch::StartsWith("retention is empty: "));
  }
}

TEST_CASE("Retention: keep_last keeps the newest backups and not one more", "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kBackups, 4, "a"),
                        set_of(Shelf::kBackups, 3, "", State::kUnverified),
                        set_of(Shelf::kGood, 2, "b"), set_of(Shelf::kBackups, 1, "c")};
  std::string reason;
  REQUIRE(it.kept(last(2), &reason) == "3 1");
  REQUIRE(reason == "last 2");
  REQUIRE(it.kept(last(1)) == "1");
  REQUIRE(it.kept(last(9)) == "4 3 1");
}

TEST_CASE("Retention: damaged and newer sets stay and do not use up keep_last",
          "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kBackups, 5, "a"), set_of(Shelf::kBackups, 4, "a"),
                        set_of(Shelf::kBackups, 3, "", State::kDamaged),
                        set_of(Shelf::kGood, 2, "", State::kNewer)};
  REQUIRE(it.kept(last(1)) == "4 3 2g");
}

TEST_CASE("Retention: evidence counts for itself", "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kFailed, 6, "x"), set_of(Shelf::kBackups, 5, "a"),
                        set_of(Shelf::kFailed, 4, "x"), set_of(Shelf::kBackups, 3, "a")};
  REQUIRE(it.kept(last(1)) == "4f 3");
  REQUIRE(it.kept(within(std::chrono::hours(24 * 30))) == "5 3");
}

TEST_CASE("Retention: keep_within goes by the manifest's time, to the second",
          "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kBackups, 40, "a"), set_of(Shelf::kGood, 9, "b"),
                        set_of(Shelf::kBackups, 8, "", State::kUnverified),
                        set_of(Shelf::kBackups, 1, "c")};
  std::string reason;
  REQUIRE(it.kept(within(std::chrono::hours(24 * 9)), &reason) == "9g 8 1");
  REQUIRE(reason == "within 9d");
  REQUIRE(it.kept(within(std::chrono::hours(24 * 9) - std::chrono::milliseconds(1))) == "8 1");
  // Imported: an old name, a young manifest.
  it.catalog.entries[0].manifest.time = kNow - kDay;
  REQUIRE(it.kept(within(std::chrono::hours(24))) == "40 1");
}

TEST_CASE("Retention: keep_good keeps the newest set of each of the last good versions",
          "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kBackups, 9, "a"), set_of(Shelf::kGood, 8, "b"),
                        set_of(Shelf::kBackups, 7, "b"), set_of(Shelf::kBackups, 6, "never tested"),
                        set_of(Shelf::kGood, 5, "c"),    set_of(Shelf::kFailed, 4, "a"),
                        set_of(Shelf::kBackups, 3, "c")};
  for (const char* script : {"a", "b", "c", "not stored"}) it.good(script);
  REQUIRE(it.kept(good(1)) == "3");
  REQUIRE(it.kept(good(2)) == "7 3");
  REQUIRE(it.kept(good(3)) == "9 7 3");
  it.good("a");
  std::string reason;
  REQUIRE(it.kept(good(1), &reason) == "9");
  REQUIRE(reason == "last good");
}

TEST_CASE("Retention: the last good set stays though no rule keeps it", "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kGood, 90, "a"), set_of(Shelf::kBackups, 80, "b"),
                        set_of(Shelf::kBackups, 1, "c")};
  REQUIRE(it.kept(last(1)) == "1");
  it.good("b");
  it.good("a");
  REQUIRE(it.kept(last(1)) == "90g 1");
}

TEST_CASE("Retention: what the journal names stays", "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kFailed, 90, "a"), set_of(Shelf::kBackups, 80, "b"),
                        set_of(Shelf::kBackups, 1, "c")};
  it.in_use = {it.catalog.entries[0].ref, it.catalog.entries[1].ref};
  REQUIRE(it.kept(last(1)) == "90f 80 1");
  it.in_use = {{Shelf::kGood, it.catalog.entries[1].ref.id}};
  REQUIRE(it.kept(last(1)) == "90f 1");
}

TEST_CASE("Retention: dates in the future stay", "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kGood, 2, "a"), set_of(Shelf::kBackups, 1, "b")};
  REQUIRE(it.kept(last(1)) == "1");
  it.catalog.entries[0].manifest.time = kNow + 1;
  REQUIRE(it.kept(last(1)) == "2g 1");
}

TEST_CASE("Retention: what goes says that no rule keeps it", "[store][retention]") {
  RetentionScene it;
  it.catalog.entries = {set_of(Shelf::kGood, 2, "a")};
  const Verdicts verdicts;
  const auto decisions = decide_retention(last(1), {it.catalog, verdicts, {}, kNow});
  REQUIRE(decisions.size() == 1);
  REQUIRE_FALSE(decisions[0].keep);
  REQUIRE(decisions[0].reason == "no rule keeps it");
}

TEST_CASE("Retention: pruned sets are gone from their shelves, the others are whole",
          "[store][retention]") {
  const StoreScene scene;
  const SetRef first{Shelf::kBackups, "2024-03-10_14-23-00"};
  const SetRef second{Shelf::kFailed, "2024-03-10_14-23-01"};
  const SetRef third{Shelf::kBackups, "2024-03-10_14-23-02"};
  for (const SetRef& ref : {first, second, third}) scene.publish(ref, "x");
  scene.temp.write("backups/.pruned-" + first.id + "/leftover", "x");
  prune_sets(scene.store, {first, second});
  const Catalog catalog = read_catalog(scene.store);
  REQUIRE(catalog.entries.size() == 1);
  REQUIRE(catalog.entries[0].ref == third);
  REQUIRE_FALSE(scene.temp.has("backups/.pruned-" + first.id));
  REQUIRE_FALSE(scene.temp.has("backups/.backstep/failed/.pruned-" + second.id));
  REQUIRE_THROWS_AS(prune_sets(scene.store, {first}), SystemError);
}
