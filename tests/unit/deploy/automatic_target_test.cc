// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/targets.h"

#include "backup/take.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;

namespace {

std::string id_number(int number) { return id_of_seconds(FakeClock::kStart + number); }

// Sets are numbered in the order of creation; this run's backup is number 5.
struct TargetScene {
  StoreScene scene;
  Catalog catalog;
  Journal journal = journal_of_run(id_number(5));

  void set(int number, const std::string& script, Shelf shelf = Shelf::kBackups) {
    CatalogEntry entry;
    entry.ref = {shelf, id_number(number)};
    entry.manifest.digest = digest_of_script(script);
    catalog.entries.push_back(entry);
  }
  void passed(const std::string& script, bool good = true) const {
    append_verdict(scene.store, {.run = uid_of(script + (good ? " good" : " bad")),
                                 .digest = digest_of_script(script),
                                 .good = good,
                                 .commit = ""});
  }
  // "5 3": the numbers in order; g = accepted set.
  std::string candidates() const {
    std::string text;
    for (const Target& target : candidate_targets(journal, catalog, Verdicts::load(scene.store))) {
      text += (text.empty() ? "" : " ") + std::to_string(*seconds_of_id(target.ref.id) - FakeClock::kStart) +
              (target.ref.shelf == Shelf::kGood ? "g" : "");
    }
    return text;
  }
  std::string reason() const { return candidate_targets(journal, catalog, Verdicts::load(scene.store)).at(0).reason; }
};

}  // namespace

TEST_CASE("Target: with nothing known good it is this run's backup", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.journal.settings.rollback.target =
      GENERATE(RollbackTarget::kAuto, RollbackTarget::kPrevious, RollbackTarget::kLastGood);
  CHECK(scene.candidates() == "5");
  const bool by_policy = scene.journal.settings.rollback.target == RollbackTarget::kPrevious;
  CHECK(scene.reason() == (by_policy ? "this run's backup" : "this run's backup, because nothing is known good yet"));
}

TEST_CASE("Target: auto takes the newest known good when the backup is not known good", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(2, "two", Shelf::kGood);
  scene.set(5, "five");
  scene.passed("one");
  scene.passed("two");
  CHECK(scene.candidates() == "2g 1 5");
  CHECK(scene.reason() == "the newest known good");
}

TEST_CASE("Target: auto never takes a backup that is known bad first", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.passed("one");
  scene.passed("five", false);
  CHECK(scene.candidates() == "1 5");
}

TEST_CASE("Target: where every backup is bad it is this run's all the same, and said", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.passed("one", false);
  scene.passed("five", false);
  CHECK(scene.candidates() == "5");
  CHECK(scene.reason() == "this run's backup, known bad, because nothing is known good yet");
}

TEST_CASE("Target: a known good version whose sets were deleted is passed over, and said", "[deploy][target]") {
  TargetScene scene;
  scene.set(5, "five");
  scene.passed("one");
  scene.passed("deleted");
  CHECK(scene.candidates() == "5");
  CHECK(scene.reason() == "this run's backup, because no backup holds a known good version any more");
  scene.catalog.entries.clear();
  scene.set(1, "one");
  scene.set(5, "five");
  CHECK(scene.candidates() == "1 5");
  CHECK(scene.reason() == "an older known good, for no backup holds the newest");
}

TEST_CASE("Target: auto takes this run's backup when it is known good", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.passed("five");
  scene.passed("one");
  CHECK(scene.candidates() == "5 1");
  CHECK(scene.reason() == "this run's backup, known good");
}

TEST_CASE("Target: auto without a check is previous", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.passed("one");
  scene.journal.settings.health.test = {};
  CHECK(scene.candidates() == "5 1");
  CHECK(scene.reason() == "this run's backup");
}

TEST_CASE("Target: auto without a check goes past a previous that is known bad", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.journal.settings.health.test = {};
  scene.passed("five", false);
  CHECK(scene.candidates() == "5");
  CHECK(scene.reason() == "this run's backup, known bad, because nothing is known good yet");
  scene.passed("one");
  CHECK(scene.candidates() == "1 5");
  scene.journal.settings.rollback.target = RollbackTarget::kPrevious;
  CHECK(scene.candidates() == "5 1");
  CHECK(scene.reason() == "this run's backup, known bad");
}

TEST_CASE("Target: previous is this run's backup, whatever is good", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.passed("one");
  scene.journal.settings.rollback.target = RollbackTarget::kPrevious;
  CHECK(scene.candidates() == "5 1");
}

TEST_CASE("Target: last-good is the newest known good, though the backup is good too", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(5, "five");
  scene.passed("five");
  scene.passed("one");
  scene.journal.settings.rollback.target = RollbackTarget::kLastGood;
  CHECK(scene.candidates() == "1 5");
}

TEST_CASE("Target: a known good is found in every set that has its digest", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(2, "one");
  scene.set(3, "one", Shelf::kFailed);
  scene.set(5, "five");
  scene.passed("one");
  CHECK(scene.candidates() == "2 1 5");
}

TEST_CASE("Target: the backup of a run that was ended first takes this run's place", "[deploy][target]") {
  TargetScene scene;
  scene.set(1, "one");
  scene.set(3, "three");
  scene.set(5, "five");
  scene.passed("one");
  scene.journal.stands_in = recorded_as(id_number(3));
  scene.journal.settings.rollback.target = RollbackTarget::kPrevious;
  CHECK(scene.candidates() == "3 1 5");
  CHECK(scene.reason() == "the backup of the run that was ended first");
  scene.journal.settings.rollback.target = RollbackTarget::kAuto;
  CHECK(scene.candidates() == "1 3 5");
  scene.passed("three");
  CHECK(scene.candidates() == "3 1 5");
  CHECK(scene.reason() == "the backup of the run that was ended first, known good");
}

TEST_CASE("Target: a known good that is newer than such a backup comes before it", "[deploy][target]") {
  TargetScene scene;
  scene.set(3, "three");
  scene.set(4, "four", Shelf::kGood);
  scene.set(5, "five");
  scene.passed("three");
  scene.passed("four");
  scene.journal.stands_in = recorded_as(id_number(3));
  scene.journal.settings.rollback.target = GENERATE(RollbackTarget::kAuto, RollbackTarget::kPrevious);
  CHECK(scene.candidates() == "4g 3 5");
}

TEST_CASE("Target: a damaged candidate is named and the next one taken", "[deploy][target]") {
  SiteScene scene;
  const auto take = [&](int number, const std::string& text) {
    scene.script("a", text);
    take_set(scene.context.tree(original_patterns()), scene.opened, Shelf::kBackups, manifest_for(id_number(number)));
  };
  take(1, "good");
  take(5, "previous");
  scene.script("a", "failed");
  append_verdict(scene.opened, {.run = uid_of("r"),
                                .digest = set_digest(std::vector{entry_for(service_path("a"), script_text("good"))}),
                                .good = true,
                                .commit = ""});
  const auto choose = [&] {
    const LiveSet live = read_live_set(scene.context.tree(original_patterns()), nullptr);
    OpenRun run(scene.site, journal_of_run(id_number(5)));
    const auto target = choose_target(run, live);
    return target ? target->ref.id : "none";
  };
  CHECK(choose() == id_number(1));
  scene.temp.write("backups/" + id_number(1) + "/a_entrypoint.sh", "odd");
  CHECK(choose() == id_number(5));
  CHECK(scene.listener.has(id_number(1) + " (the newest known good) cannot be used: damaged"));
  std::filesystem::remove(scene.temp / ("backups/" + id_number(5) + "/_manifest.jsonl"));
  scene.temp.write("backups/" + id_number(5) + "/_manifest.jsonl", "{");
  CHECK(choose() == "none");
}
