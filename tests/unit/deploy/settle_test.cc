// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/settle.h"

#include "backup/take.h"
#include "base/error.h"
#include "deploy/run/records.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using Names = std::vector<std::string>;

namespace {

const std::string kSettledRun = "2024-03-10_14-23-00";

// A run that died: its backup has `old`, the tree `new`.
struct SettleScene : RunScene {
  SettleScene() : RunScene(kSettledRun) {
    script("a", "old");
    take_set(context.tree(original_patterns()), opened, Shelf::kBackups, manifest_for(kSettledRun));
    script("a", "new");
  }
  void at(Phase phase) {
    journal.phase = phase;
    save_journal(opened, journal);
  }
  void record() { journal.recorded = record_of(read_live_set(context.tree(original_patterns()), nullptr).files); }
  struct Told : Settled {
    Names restored;
  };
  Told settle_as(const SettleRules& rules) {
    run.outcome = {};  // another call's
    Settled settled = settle(run, rules);
    return {std::move(settled), run.outcome.restored};
  }
  Told settle_as_owner() { return settle_as({.as_owner = true}); }
  Told settle_as_stranger() { return settle_as({.as_owner = false}); }
};

const Names kServiceA{service_path("a")};

}  // namespace

TEST_CASE("Settle: what nobody recorded is restored for the run's owner only", "[deploy][settle]") {
  SettleScene scene;
  scene.at(Phase::kArmed);
  SECTION("a stranger leaves it and names it") {
    CHECK(scene.settle_as_stranger().kept == kServiceA);
    CHECK(scene.script_of("a") == "new");
  }
  SECTION("the owner restores it") {
    CHECK(scene.settle_as_owner().restored == kServiceA);
    CHECK(scene.script_of("a") == "old");
  }
  SECTION("a stranger at the same commit restores it") {
    scene.journal.commit = scene.context.pipeline.commit = "abc";
    CHECK(scene.settle_as_stranger().restored == kServiceA);
  }
  SECTION("commits that are not known are not the same") { CHECK(scene.settle_as_stranger().restored.empty()); }
}

TEST_CASE("Settle: a file that changed since it was recorded is newer work", "[deploy][settle]") {
  SettleScene scene;
  scene.record();
  scene.script("a", "newer work");
  SECTION("where no command was running, also for the owner") {
    scene.at(GENERATE(Phase::kGenerated, Phase::kDeployed));
    CHECK(scene.settle_as_owner().kept == kServiceA);
    CHECK(scene.script_of("a") == "newer work");
  }
  SECTION("while the deploy was running it may be the deploy's own") {
    scene.at(Phase::kDeploying);
    CHECK(scene.settle_as_owner().restored == kServiceA);
    CHECK(scene.script_of("a") == "old");
  }
  SECTION("over newer work only when everything is asked for, with evidence") {
    scene.at(Phase::kDeployed);
    CHECK(scene.settle_as({.whole = true}).restored == kServiceA);
    CHECK(scene.script_of("a") == "old");
    CHECK(scene.temp.read("backups/.backstep/" + scene.journal.evidence.label() + "/a_entrypoint.sh") ==
          script_text("newer work"));
  }
}

TEST_CASE("Settle: what a check said of a script is not said of a later edit", "[deploy][settle]") {
  SettleScene scene;
  scene.script("b", "new b");
  scene.script("c", "new c");
  scene.record();
  scene.journal.target = recorded_as(kSettledRun);
  scene.journal.passed_services = {"b", "c"};
  scene.journal.failed_services = {"a"};
  scene.at(Phase::kRestoring);
  scene.script("a", "edited");
  scene.script("c", "edited");
  scene.settle_as({.as_owner = true, .whole = true});
  CHECK(scene.journal.failed_services.empty());
  CHECK(scene.journal.passed_services == Names{"b"});
}

TEST_CASE("Settle: a file that is as recorded is restored by anybody", "[deploy][settle]") {
  SettleScene scene;
  scene.record();
  scene.at(GENERATE(Phase::kGenerated, Phase::kDeploying, Phase::kDeployed));
  CHECK(scene.settle_as_stranger().restored == kServiceA);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.phase() == "restored");
}

TEST_CASE("Settle: a begin past its guard waits for finish or recover", "[deploy][settle]") {
  SettleScene scene;
  scene.journal.guard_until = FakeClock::kStart;
  scene.at(Phase::kArmed);
  SECTION("a passer-by leaves the files") {
    CHECK(scene.settle_as_owner().kept == kServiceA);
    CHECK(scene.script_of("a") == "new");
  }
  SECTION("finish restores them") {
    const auto settled = scene.settle_as({.as_owner = true, .whole = true});
    CHECK(settled.restored == kServiceA);
  }
}

TEST_CASE("Settle: a crash in the middle of restoring goes on to the same target", "[deploy][settle]") {
  SettleScene scene;
  scene.script("b", "new b");
  scene.record();
  scene.journal.target = recorded_as(kSettledRun);
  scene.journal.evidence = recorded_as("2024-03-10_14-23-01", Shelf::kFailed);
  scene.at(Phase::kRestoring);
  SECTION("a file that is as recorded, and one that is done already") {
    scene.script("a", "old");
    CHECK(scene.settle_as_stranger().restored == Names{service_path("b")});
    CHECK_FALSE(scene.temp.has(service_path("b")));
  }
  SECTION("a file that somebody wrote since is kept") {
    scene.script("a", "newer work");
    const auto settled = scene.settle_as_owner();
    CHECK(settled.kept == kServiceA);
    CHECK(settled.restored == Names{service_path("b")});
    CHECK(scene.script_of("a") == "newer work");
  }
}

TEST_CASE("Settle: what came after an interrupted restore is kept as evidence of its own", "[deploy][settle]") {
  SettleScene scene;
  scene.script("b", "new b");
  scene.record();
  scene.at(Phase::kDeployed);
  scene.settle_as_owner();
  REQUIRE(scene.sets(Shelf::kFailed).size() == 1);
  scene.journal.phase = Phase::kRestoring;  // the crash came just before the end
  const auto restore_all = [&] { return scene.settle_as({.whole = true}); };
  SECTION("nothing came: the evidence is there already") {
    restore_all();
    CHECK(scene.sets(Shelf::kFailed).size() == 1);
  }
  SECTION("newer work") {
    scene.script("a", "newer work");
    CHECK(restore_all().restored == kServiceA);
    CHECK(scene.script_of("a") == "old");
    CHECK(scene.sets(Shelf::kFailed).size() == 2);
    CHECK(scene.temp.read("backups/.backstep/" + scene.journal.evidence.label() + "/a_entrypoint.sh") ==
          script_text("newer work"));
  }
}

TEST_CASE("Settle: what was kept once is kept again", "[deploy][settle]") {
  SettleScene scene;
  scene.record();
  scene.script("a", "newer work");
  scene.at(Phase::kDeployed);
  CHECK(scene.settle_as_owner().kept == kServiceA);
  scene.journal = *load_journal(scene.opened);
  scene.journal.phase = Phase::kRestoring;  // the crash came just before the end
  CHECK(scene.settle_as_owner().kept == kServiceA);
  CHECK(scene.script_of("a") == "newer work");
}

TEST_CASE("Settle: twice is once", "[deploy][settle]") {
  SettleScene scene;
  scene.at(Phase::kDeploying);
  scene.settle_as_owner();
  const std::string journal = scene.temp.read("backups/.backstep/journal.json");
  const auto again = scene.settle_as_owner();
  CHECK(again.restored.empty());
  CHECK(scene.temp.read("backups/.backstep/journal.json") == journal);
  CHECK(scene.sets(Shelf::kFailed).size() == 1);
}

TEST_CASE("Settle: the rollback command is owed where services may run the new version", "[deploy][settle]") {
  SettleScene scene;
  scene.record();
  SECTION("not before the deploy") {
    scene.at(Phase::kGenerated);
    scene.settle_as_owner();
    CHECK_FALSE(scene.journal.owed);
  }
  SECTION("from the deploy on") {
    scene.at(GENERATE(Phase::kDeploying, Phase::kDeployed));
    scene.settle_as_owner();
    CHECK(scene.journal.owed);
    CHECK(load_journal(scene.opened)->owed);
  }
  SECTION("not without a command") {
    scene.journal.forget_commands();
    scene.at(Phase::kDeploying);
    scene.settle_as_owner();
    CHECK_FALSE(scene.journal.owed);
  }
}

TEST_CASE("Settle: a damaged backup changes nothing and leaves the journal", "[deploy][settle]") {
  SettleScene scene;
  scene.temp.write("backups/" + kSettledRun + "/a_entrypoint.sh", "odd");
  scene.at(Phase::kDeploying);
  CHECK_THROWS_AS(scene.settle_as_owner(), Error);
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.phase() == "restoring");
}

TEST_CASE("Settle: an empty target leaves nothing, and says so", "[deploy][settle]") {
  RunScene scene(kSettledRun);
  take_set(scene.context.tree(original_patterns()), scene.opened, Shelf::kBackups, manifest_for(kSettledRun));
  scene.script("a", "new");
  scene.journal.phase = Phase::kDeploying;
  const Settled settled = settle(scene.run, {.as_owner = true});
  CHECK(settled.nothing_left);
  CHECK_FALSE(scene.temp.has(service_path("a")));
  CHECK_FALSE(scene.journal.owed);
}

TEST_CASE("Settle: with rollback off or forbidden nothing is restored", "[deploy][settle]") {
  SettleScene scene;
  if (GENERATE(true, false)) {
    scene.journal.settings.rollback.enabled = false;
  } else {
    scene.journal.settings.rollback.no_rollback_exit_codes = {75};
    scene.journal.no_return_code = 75;
  }
  scene.at(Phase::kDeploying);
  SECTION("the journal ends in the history") {
    CHECK(scene.settle_as_owner().how == Settled::How::kUnrestored);
    CHECK(scene.script_of("a") == "new");
    CHECK(scene.last_event() == "unrestored");
    CHECK(scene.phase() == "no journal");
  }
  SECTION("unless it is asked for") {
    CHECK(scene.settle_as({.whole = true}).how == Settled::How::kRestored);
    CHECK(scene.script_of("a") == "old");
  }
  SECTION("unless somebody has begun to, and was killed") {
    scene.record();
    scene.journal.target = recorded_as(kSettledRun);
    scene.at(Phase::kRestoring);
    CHECK(scene.settle_as_stranger().how == Settled::How::kRestored);
    CHECK(scene.script_of("a") == "old");
  }
}

TEST_CASE("Settle: what the history says must not be rolled back stays, whatever the journal says",
          "[deploy][settle]") {
  SettleScene scene;
  scene.journal.settings.rollback.no_rollback_exit_codes = {75};
  scene.at(Phase::kDeploying);
  append_history(scene.opened, history_line(scene.run, HistoryLine::Event::kUnrestored, 23));
  CHECK(scene.settle_as_owner().how == Settled::How::kUnrestored);
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Settle: what was accepted is never touched again", "[deploy][settle]") {
  SettleScene scene;
  scene.journal.digest = read_live_set(scene.context.tree(original_patterns()), nullptr).digest;
  scene.journal.passed_check = true;
  scene.at(Phase::kAccepted);
  SECTION("its records are completed") {
    CHECK(scene.settle_as_stranger().how == Settled::How::kAccepted);
    CHECK(scene.sets(Shelf::kGood).size() == 1);
  }
  SECTION("and no set is stored of files that changed since") {
    scene.script("a", "newer work");
    CHECK(scene.settle_as_stranger().how == Settled::How::kAccepted);
    CHECK(scene.sets(Shelf::kGood).empty());
    CHECK(scene.script_of("a") == "newer work");
  }
  CHECK(scene.verdict_on("new") == Verdict::kGood);
  CHECK(scene.last_event() == "accepted");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Settle: evidence that cannot be kept is said, and the files come back", "[deploy][settle]") {
  SettleScene scene;
  std::filesystem::remove_all(scene.temp / "backups/.backstep/failed");
  scene.temp.write("backups/.backstep/failed", "in the way");
  scene.at(Phase::kDeploying);
  // The shelf is held open, so the writer meets a directory that is gone.
  CHECK(scene.settle_as_owner().restored == kServiceA);
  CHECK(scene.listener.has("the failed files could not be kept"));
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("Settle: what a killed restore staged is removed", "[deploy][settle]") {
  SettleScene scene;
  scene.temp.write("services/a/.entrypoint.sh.backstep-new", "half");
  scene.at(Phase::kDeploying);
  scene.settle_as_owner();
  CHECK_FALSE(scene.temp.has("services/a/.entrypoint.sh.backstep-new"));
}
