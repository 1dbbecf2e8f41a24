// SPDX-License-Identifier: Apache-2.0
#include "deploy/opening.h"

#include "backup/take.h"
#include "deploy/run/journal_tree.h"
#include "deploy_scene.h"
#include "support/catch.h"
#include "system/files/digest.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

namespace {

const std::string kOpenRun = "2024-03-10_14-23-00";

// What a killed run left: its backup with `old`, a journal, and `new` in the tree.
struct OpeningScene : DeployScene {
  Store opened = store();
  Journal open = journal_of_run(kOpenRun);

  OpeningScene() {
    script("a", "old");
    take_set(Tree{workspace, context.patterns, context.place}, opened, Shelf::kBackups, manifest_for(kOpenRun));
    script("a", "new");
  }
  void left_at(Phase phase) {
    open.phase = phase;
    if (phase >= Phase::kRestoring) open.target = recorded_as(kOpenRun);
    open.tree = tree_of(workspace);
    save_journal(opened, open);
  }
  Journal begin(RunVerb verb) const { return Opening(context, opened, verb).new_journal(); }
};

}  // namespace

TEST_CASE("Opening: a run that cannot be settled ends the new one, and says what to do", "[deploy][opening]") {
  OpeningScene scene;
  scene.left_at(Phase::kDeploying);
  scene.temp.write("backups/" + kOpenRun + "/a_entrypoint.sh", "odd");
  try {
    scene.begin(RunVerb::kRun);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kRollbackFailed);
    CHECK_THAT(error.message(), Contains("run " + scene.open.run + " cannot be ended") && Contains("recover --keep"));
  }
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.journal());
}

TEST_CASE("Opening: a store that cannot be made is exit 6", "[deploy][opening]") {
  DeployScene scene;
  scene.temp.write("backups", "a file");
  try {
    open_store(scene.context);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kBackupFailed);
    CHECK_THAT(error.message(), Contains("nothing was changed"));
  }
}

TEST_CASE("Opening: an abandoned run is settled, and its backup stands in", "[deploy][opening]") {
  OpeningScene scene;
  scene.left_at(Phase::kDeploying);
  const Journal next = scene.begin(RunVerb::kRun);
  CHECK(scene.script_of("a") == "old");
  CHECK(next.stands_in == recorded_as(kOpenRun));
  CHECK(is_uid(next.run));
  CHECK(scene.phase() == "restored");  // until the new run's journal takes its place
  CHECK(scene.listener.has("Run " + scene.open.run + " did not end; 1 file restored"));
  CHECK(scene.listener.has("The rollback command of run " + scene.open.run + " has still to run"));
}

TEST_CASE("Opening: the backup that stood in for the abandoned run goes on to stand in", "[deploy][opening]") {
  OpeningScene scene;
  scene.open.stands_in = recorded_as("2024-03-10_14-00-00");
  scene.left_at(Phase::kDeploying);
  CHECK(scene.begin(RunVerb::kRun).stands_in.uid == uid_of("2024-03-10_14-00-00"));
}

TEST_CASE("Opening: newer work is kept and named", "[deploy][opening]") {
  OpeningScene scene;
  scene.open.recorded = {{service_path("a"), sha256_of("generated"), true, false}};
  scene.left_at(Phase::kDeployed);
  scene.begin(RunVerb::kRun);
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.listener.has("services/a/entrypoint.sh was changed after run " + scene.open.run));
}

TEST_CASE("Opening: what is owed goes over to who deploys, and stays as it is for a backup", "[deploy][opening]") {
  OpeningScene scene;
  scene.open.owed = true;
  scene.open.deploy_began = true;
  scene.left_at(Phase::kRestored);
  SECTION("run") {
    CHECK(scene.begin(RunVerb::kRun).owed == !scene.open.settings.rollback_command().empty());
    CHECK(scene.phase() == "restored");
    CHECK(scene.listener.has("has still to run; it is dropped, for this run deploys"));
    CHECK(scene.last_event() == "rolled_back");
  }
  SECTION("backup") {
    scene.begin(RunVerb::kBackup);
    CHECK(scene.phase() == "restored");
    CHECK(scene.journal()->owed);
    CHECK(scene.listener.told.empty());
  }
  CHECK(scene.script_of("a") == "new");
}

TEST_CASE("Opening: an accepted run's records are completed, and nothing stands in", "[deploy][opening]") {
  OpeningScene scene;
  scene.open.digest = sha256_hex("other");
  scene.left_at(Phase::kAccepted);
  CHECK(scene.begin(RunVerb::kRun).stands_in.empty());
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.listener.has("had been accepted"));
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Opening: leftovers of a killed run are swept", "[deploy][opening]") {
  const OpeningScene scene;
  scene.temp.write("backups/.partial-2024-03-10_14-23-05/half", "x");
  scene.begin(RunVerb::kBackup);
  CHECK_FALSE(scene.temp.has("backups/.partial-2024-03-10_14-23-05"));
}

TEST_CASE("Opening: the journal begins with everything as resolved now", "[deploy][opening]") {
  DeployScene scene;
  scene.context.pipeline = {PlatformKind::kGithub, "run 7", "abc", "Jo", "https://example.org/7"};
  scene.context.commit = "abc";
  scene.config.rollback.command = {};
  const Store store = scene.store();
  const Opening opening(scene.context, store, RunVerb::kRun);
  const Journal journal = opening.new_journal();
  CHECK(is_uid(journal.run));
  CHECK(journal.verb == RunVerb::kRun);
  CHECK(journal.owner == "me");
  CHECK(journal.actor == "Jo");
  CHECK(journal.commit == "abc");
  CHECK(journal.url == "https://example.org/7");
  CHECK(journal.started == FakeClock::kStart);
  CHECK(journal.settings.rollback_command().text == "deploy");
  CHECK(journal.patterns == scene.context.patterns);
  CHECK_FALSE(journal.begun());
  CHECK_THAT(lock_holder(store.control()), Contains(": run by me (Jo)"));
}

TEST_CASE("Opening: an error over an open journal is a failed rollback", "[deploy][opening]") {
  SiteScene scene;
  const auto outcome = [&] {
    OpenRun run(scene.site, {});
    run.outcome.failure = Failure{"deploy", "exited with 7", ""};
    try {
      throw Error(ExitCode::kDamaged, "no room");
    } catch (const Error& error) {
      return outcome_of_error(run, error);
    }
  };
  CHECK_THROWS_AS(outcome(), Error);
  save_journal(scene.opened, journal_of_run(kOpenRun));
  const Outcome told = outcome();
  CHECK(told.result == Outcome::Result::kRollbackFailed);
  CHECK(told.exit_status == 22);
  CHECK(told.failure->described == "exited with 7");
  CHECK(told.run == journal_of_run().run);
  CHECK_THAT(told.live, Contains("no room"));
}
