// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "deploy/story.h"
#include "deploy_scene.h"
#include "journal/journal_file.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;
using Result = Outcome::Result;

namespace {

// A run that a kill ended while this command was running; only `old` is healthy.
struct RecoverScene : DeployScene {
  RecoverScene() {
    script("a", "old");
    generate_writes("new");
    healthy_with("old");
  }
  void killed_during(const std::string& command) {
    on(command, [this, command]() -> ProcessResult {
      if (command == "generate") script("a", "half");
      throw 9;
    });
    CHECK_THROWS_AS(run(context), int);
    on(command, [] { return exited(0); });
    healthy_with("old");
    ran.clear();
    listener.told.clear();
  }
  void recover_and_expect(Recovery recovery, Result result, int exit_status) {
    outcome = recover(context, recovery);
    CHECK(outcome.result == result);
    CHECK(outcome.exit_status == exit_status);
  }
  Outcome outcome;
};

}  // namespace

TEST_CASE("Recover: a crash before the deploy puts the files back, and that is all", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("generate");
  scene.context.owner = "somebody else";
  scene.recover_and_expect(Recovery::kAsOwner, Result::kFilesRestored, 0);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.ran.empty());
  CHECK(scene.last_event() == "restored");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Recover: what is owed runs once", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("deploy");
  SECTION("and the old version is healthy") { scene.recover_and_expect(Recovery::kAsOwner, Result::kRolledBack, 20); }
  SECTION("and the old version is not") {
    scene.on("check", [] { return exited(7); });
    scene.recover_and_expect(Recovery::kAsOwner, Result::kRolledBack, 21);
  }
  CHECK(scene.ran == Names{"rollback while restored", "check while restored"});
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.verdict_on("new") == Verdict::kUntested);
  scene.recover_and_expect(Recovery::kAsOwner, Result::kNothingToDo, 0);
}

TEST_CASE("Recover: a rollback command that fails stays owed", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("deploy");
  scene.on("rollback", [] { return exited(9); });
  scene.recover_and_expect(Recovery::kAsOwner, Result::kRollbackFailed, 22);
  CHECK(scene.journal()->owed);
  scene.on("rollback", [] { return exited(0); });
  scene.recover_and_expect(Recovery::kAsOwner, Result::kRolledBack, 20);
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Recover: newer work is kept and named, unless it is to be restored over", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("check");
  scene.script("a", "newer work");
  SECTION("kept") {
    const Outcome outcome = recover(scene.context, Recovery::kAsOwner);
    CHECK(outcome.kept == Names{service_path("a")});
    CHECK(scene.script_of("a") == "newer work");
    CHECK(scene.listener.has("services/a/entrypoint.sh was changed after run"));
  }
  SECTION("restored over, with evidence") {
    scene.recover_and_expect(Recovery::kRestore, Result::kRolledBack, 20);
    CHECK(scene.script_of("a") == "old");
    CHECK(scene.temp.read("backups/.backstep/" + scene.outcome.evidence + "/a_entrypoint.sh") ==
          script_text("newer work"));
  }
}

TEST_CASE("Recover: a begin within its guard_timeout is recovered too", "[deploy][recover]") {
  RecoverScene scene;
  begin(scene.context);
  scene.script("a", "new");
  scene.recover_and_expect(Recovery::kAsOwner, Result::kRolledBack, 20);
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("Recover: --keep ends the journal and leaves every file", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("deploy");
  scene.recover_and_expect(Recovery::kKeep, Result::kKept, 0);
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.ran.empty());
  CHECK(scene.last_event() == "kept");
  CHECK(scene.phase() == "no journal");
  CHECK(scene.outcome.next.front().command == "backstep rollback --to " + scene.outcome.backup);
}

TEST_CASE("Recover: --keep removes a journal that nobody can read", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("deploy");
  scene.temp.write("backups/.backstep/journal.json", "{");
  CHECK_THROWS_AS(recover(scene.context, Recovery::kAsOwner), Error);
  scene.recover_and_expect(Recovery::kKeep, Result::kKept, 0);
  CHECK(scene.listener.has("cannot use the journal"));
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Recover: --keep leaves the journal of a newer version", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("deploy");
  const Store store = scene.store();
  const JournalFile file(store.control(), "journal.json");
  std::string record = file.read().value_or("");
  const std::string format = "\"format\":1";
  REQUIRE(record.find(format) != std::string::npos);
  record.replace(record.find(format), format.size(), "\"format\":3");
  file.append(record, store.owner(), record.size());
  try {
    recover(scene.context, Recovery::kKeep);
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK_THAT(error.message(), Contains("newer version"));
  }
  CHECK(scene.temp.has("backups/.backstep/journal.json"));
}

TEST_CASE("Recover: with rollback off the files stay unless they are asked for", "[deploy][recover]") {
  RecoverScene scene;
  scene.config.rollback.enabled = false;
  scene.killed_during("deploy");
  SECTION("as the owner") {
    scene.recover_and_expect(Recovery::kAsOwner, Result::kNotRolledBack, 0);
    CHECK(scene.script_of("a") == "new");
  }
  SECTION("--restore") {
    scene.recover_and_expect(Recovery::kRestore, Result::kRolledBack, 20);
    CHECK(scene.script_of("a") == "old");
  }
}

TEST_CASE("Recover: without a store there is nothing to recover, and none is made", "[deploy][recover]") {
  RecoverScene scene;
  scene.recover_and_expect(GENERATE(Recovery::kAsOwner, Recovery::kRestore, Recovery::kKeep), Result::kNothingToDo, 0);
  CHECK_FALSE(scene.temp.has("backups"));
}

TEST_CASE("Recover: a living run is never touched", "[deploy][recover]") {
  RecoverScene scene;
  scene.killed_during("deploy");
  const Store store = scene.store();
  const auto busy = StoreLock::try_acquire(store.control(), std::nullopt);
  try {
    recover(scene.context, GENERATE(Recovery::kAsOwner, Recovery::kRestore, Recovery::kKeep));
    FAIL("not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::kLockHeld);
  }
  CHECK(scene.phase() == "deploying");
}
