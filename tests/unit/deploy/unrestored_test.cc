// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/automatic_rollback.h"

#include "base/text.h"
#include "story_scene.h"
#include "system/files/staged_file.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Result = Outcome::Result;

namespace {

struct NoReturnScene : StoryScene {
  NoReturnScene() {
    config.rollback.no_rollback_exit_codes = {75, 80};
    deploy_ends_with(75);
  }
  void deploy_ends_with(int code) {
    on("deploy", [code] { return exited(code, "migrated\n"); });
  }
  long times_ran(const std::string& what) const { return std::count(ran.begin(), ran.end(), what); }
};

}  // namespace

TEST_CASE("Unrestored: past the point of no return nothing is restored, run or checked", "[deploy][unrestored]") {
  NoReturnScene scene;
  scene.run_and_expect(Result::kNotRolledBack, 23);
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.ran.size() == 2);  // generate and deploy
  CHECK(scene.last_event() == "unrestored");
  CHECK(scene.phase() == "no journal");
  CHECK(scene.verdict_on("new") == Verdict::kUntested);
  CHECK(scene.outcome.verdict == Verdict::kUntested);
  CHECK_THAT(scene.outcome.live, Contains("exit code 75 of the deploy forbids a rollback"));
  CHECK(scene.outcome.next.back().command == "backstep rollback --to " + scene.outcome.backup);
  CHECK(scene.outcome.failure->output_tail == "migrated");
}

TEST_CASE("Unrestored: any other exit code is rolled back", "[deploy][unrestored]") {
  NoReturnScene scene;
  scene.deploy_ends_with(76);
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("Unrestored: only the deploy may say so", "[deploy][unrestored]") {
  NoReturnScene scene;
  scene.deploy_ends_with(0);
  SECTION("not the check") {
    scene.on("check", [&] { return exited(scene.script_of("a") == "old" ? 0 : 75); });
    scene.run_and_expect(Result::kRolledBack, 20);
  }
  SECTION("not the generator") {
    scene.on("generate", [&] {
      scene.script("a", "new");
      return exited(75);
    });
    scene.run_and_expect(Result::kFilesRestored, 5);
  }
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("Unrestored: a deploy that answers our request to end with such a code is heeded", "[deploy][unrestored]") {
  NoReturnScene scene;
  ProcessResult result;
  result.code = 80;
  SECTION("at its timeout") {
    result.end = ProcessResult::End::kTimedOut;
    scene.on("deploy", [&] { return result; });
    scene.run_and_expect(Result::kNotRolledBack, 23);
  }
  SECTION("at a cancel") {
    result.end = ProcessResult::End::kStopped;
    result.signal = SIGTERM;
    scene.on("deploy", [&] {
      DeployScene::stop();
      return result;
    });
    scene.run_and_expect(Result::kNotRolledBack, 128 + SIGTERM);
  }
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Unrestored: a crash after the record leaves the files to everybody", "[deploy][unrestored]") {
  RunScene scene;
  scene.script("a", "new");
  scene.journal.phase = Phase::kDeploying;
  scene.journal.settings.rollback.no_rollback_exit_codes = {75};
  StepFailure failure;
  failure.shown = {"deploy", "exited with 75", ""};
  failure.exit_code = 75;
  forbid_restoring(scene.run, failure);
  std::optional<Journal> open = load_journal(scene.opened);
  REQUIRE(open);
  CHECK(open->no_return_code == 75);
  CHECK(open->failure == "deploy exited with 75");
  CHECK(open->why_files_stay() == "exit code 75 of its deploy forbids a rollback");
}

TEST_CASE("Unrestored: a record that cannot be written takes the journal away", "[deploy][unrestored]") {
  RunScene scene;
  scene.journal.settings.rollback.no_rollback_exit_codes = {75};
  scene.run.save();
  // It has no room for one, and in the staged file's place no file can be made.
  const std::string journal = "backups/.backstep/journal.json";
  scene.temp.write(journal, std::string(trimmed(scene.temp.read(journal))) + "\n");
  for (const int number : {0, 1, 2}) {
    const std::string taken = StagedFile::temporary_name("journal.json", number);
    std::filesystem::create_directories(scene.temp / ("backups/.backstep/" + taken + "/x"));
  }
  StepFailure failure;
  failure.exit_code = 75;
  forbid_restoring(scene.run, failure);
  CHECK(scene.phase() == "no journal");
  CHECK(scene.listener.has("that the deploy must not be rolled back could not be written"));
}
