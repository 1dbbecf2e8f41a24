// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include "backup/take.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

struct AcceptScene : RunScene {
  AcceptScene() {
    script("a", "new");
    journal.phase = Phase::kDeployed;
    journal.passed_check = true;
    save_journal(opened, journal);
  }
  LiveSet live() const { return read_live_set(context.tree(journal.patterns), nullptr); }
  TakenSet take(const std::string& id, Shelf shelf) const {
    return take_set(context.tree(journal.patterns), opened, shelf, manifest_for(id));
  }
  void accept_live() { accept(run, live()); }
};

}  // namespace

TEST_CASE("Accept: trouble with the store never makes a healthy deploy a failed one", "[deploy][accept]") {
  AcceptScene scene;
  SECTION("a verdict that cannot be written") { scene.temp.write("backups/.backstep/verdicts.jsonl/in-the-way", ""); }
  SECTION("a history that cannot be written") { scene.temp.write("backups/.backstep/history.jsonl/in-the-way", ""); }
  SECTION("files that changed after the check") {
    const LiveSet checked = scene.live();
    scene.script("a", "newer");
    accept(scene.run, checked);
    CHECK_THAT(scene.outcome.live, Contains("the files changed after the health check"));
    CHECK(scene.sets(Shelf::kGood).empty());
  }
  if (scene.outcome.live.empty()) scene.accept_live();
  CHECK(scene.outcome.result == Outcome::Result::kAccepted);
  CHECK(scene.outcome.exit_status == 1);
  CHECK_THAT(scene.outcome.live, Contains("the new version, healthy, but"));
  CHECK(scene.phase() == "accepted");
}

TEST_CASE("Accept: what trouble left is completed later", "[deploy][accept]") {
  AcceptScene scene;
  scene.temp.write("backups/.backstep/verdicts.jsonl/in-the-way", "");
  scene.accept_live();
  REQUIRE(scene.phase() == "accepted");
  std::filesystem::remove_all(scene.temp / "backups/.backstep/verdicts.jsonl");
  OpenRun open(scene.site, *load_journal(scene.opened));
  complete_acceptance(open);
  CHECK(open.outcome.exit_status == 0);
  CHECK(scene.verdict_on("new") == Verdict::kGood);
  CHECK(scene.phase() == "no journal");
  CHECK(scene.sets(Shelf::kGood).size() == 1);
}

TEST_CASE("Accept: a set that a whole backup holds is not stored again", "[deploy][accept]") {
  AcceptScene scene;
  scene.take("2024-03-10_14-22-00", Shelf::kBackups);
  SECTION("whole") {
    scene.accept_live();
    CHECK(scene.sets(Shelf::kGood).empty());
  }
  SECTION("damaged") {
    scene.temp.write("backups/2024-03-10_14-22-00/a_entrypoint.sh", "odd");
    scene.accept_live();
    CHECK(scene.sets(Shelf::kGood).size() == 1);
  }
  CHECK(scene.outcome.exit_status == 0);
}

TEST_CASE("Accept: evidence of a failure is no accepted set", "[deploy][accept]") {
  AcceptScene scene;
  scene.take("2024-03-10_14-22-00", Shelf::kFailed);
  scene.accept_live();
  CHECK(scene.sets(Shelf::kGood).size() == 1);
}

TEST_CASE("Accept: without a check nothing is stamped", "[deploy][accept]") {
  AcceptScene scene;
  scene.journal.passed_check = false;
  scene.accept_live();
  CHECK(scene.verdict_on("new") == Verdict::kUntested);
  CHECK(scene.outcome.verdict == Verdict::kUntested);
  CHECK(scene.outcome.exit_status == 0);
}

TEST_CASE("Accept: completing twice writes one line each", "[deploy][accept]") {
  AcceptScene scene;
  scene.accept_live();
  complete_acceptance(scene.run);
  CHECK(load_history(scene.opened).size() == 1);
  CHECK(Verdicts::load(scene.opened).lines().size() == 1);
}

TEST_CASE("Accept: the retention of the run is applied, and spares what it names", "[deploy][accept]") {
  AcceptScene scene;
  const std::vector<std::string> ids{"2024-03-10_14-20-00", "2024-03-10_14-21-00", "2024-03-10_14-22-00"};
  for (const std::string& id : ids) {
    scene.script("a", id);
    scene.take(id, Shelf::kBackups);
  }
  scene.script("a", "new");
  scene.journal.settings.retention = {.keep_last = 1, .keep_good = 1, .keep_within = Duration(0)};
  scene.journal.backup = recorded_as(ids[0]);
  scene.accept_live();
  CHECK(scene.outcome.exit_status == 0);
  CHECK(scene.sets(Shelf::kBackups) == std::vector<std::string>{ids[0], ids[2]});
}

TEST_CASE("Accept: a retention that fails is a warning", "[deploy][accept]") {
  AcceptScene scene;
  scene.journal.settings.retention = {.keep_last = 0, .keep_good = 0, .keep_within = Duration(0)};
  scene.accept_live();
  CHECK(scene.outcome.exit_status == 0);
  CHECK(scene.listener.has("old backups were not removed"));
}
