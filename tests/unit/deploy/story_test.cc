// SPDX-License-Identifier: Apache-2.0
#include "deploy/story.h"

#include "base/error.h"
#include "story_scene.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;
using Result = Outcome::Result;

namespace {

ExitCode code_of(const Context& context, std::string* message) {
  try {
    run(context);
  } catch (const Error& error) {
    *message = error.message();
    return error.code();
  }
  return ExitCode::kOk;
}

}  // namespace

TEST_CASE("Story: each phase is on disk before what it names begins", "[deploy][story]") {
  StoryScene scene;
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.ran == Names{"generate while armed", "deploy while deploying", "check while deployed",
                           "rollback while restored", "check while restored"});
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Story: what fails before the deploy puts files back and runs nothing more", "[deploy][story]") {
  StoryScene scene;
  std::string step = "generate";
  SECTION("the generator") {
    scene.on("generate", [&] {
      scene.script("a", "half");
      scene.script("b", "added");
      return exited(1);
    });
  }
  SECTION("what the generator left") {
    scene.on("generate", [&] {
      std::filesystem::remove(scene.temp / service_path("a"));
      std::filesystem::create_symlink("/etc/passwd", scene.temp / service_path("a"));
      return exited(0);
    });
  }
  scene.run_and_expect(Result::kFilesRestored, 5);
  CHECK(scene.script_of("a") == "old");
  CHECK_FALSE(scene.temp.has(service_path("b")));
  CHECK(scene.ran == Names{"generate while armed"});
  CHECK(scene.outcome.failure->step == "generate");
  CHECK(scene.last_event() == "restored");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Story: a signal before the deploy restores and keeps its number", "[deploy][story]") {
  StoryScene scene;
  scene.on("generate", [&] {
    scene.script("a", "half");
    DeployScene::stop(SIGINT);
    return stopped_by(SIGINT);
  });
  scene.run_and_expect(Result::kFilesRestored, 128 + SIGINT);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Story: a check that cannot run is found out before anything changes", "[deploy][story]") {
  StoryScene scene;
  scene.config.health.baseline = true;
  scene.config.health.test.text = "/no/such/check";
  std::string message;
  CHECK(code_of(scene.context, &message) == ExitCode::kUsage);
  CHECK(message == "the health check cannot run: there is no '/no/such/check' here; nothing was changed");
  CHECK(scene.ran.empty());
  CHECK(scene.sets(Shelf::kBackups).empty());
  CHECK(scene.script_of("a") == "old");

  scene.config.health.test.text = "./scripts/later.sh";
  scene.on("baseline", [] { return exited(127); });
  scene.on("./scripts/later.sh", [] { return exited(0); });
  CHECK(run(scene.context).exit_status == 0);
}

TEST_CASE("Story: what was unhealthy before is said, and again at the end", "[deploy][story]") {
  StoryScene scene;
  scene.config.health.baseline = true;
  scene.on("baseline", [] { return exited(7); });
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.outcome.was_unhealthy_before);
  CHECK(scene.listener.has("fails already before the deploy"));
}

TEST_CASE("Story: a backup that fails changes nothing", "[deploy][story]") {
  StoryScene scene;
  std::filesystem::create_directories(scene.temp / "services/b");
  std::filesystem::create_symlink("../a/entrypoint.sh", scene.temp / service_path("b"));
  std::string message;
  CHECK(code_of(scene.context, &message) == ExitCode::kBackupFailed);
  CHECK_THAT(message, Contains("backup failed, nothing was changed"));
  CHECK(scene.ran.empty());
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Story: a healthy run is accepted, stored and good", "[deploy][story]") {
  StoryScene scene;
  scene.healthy_with("new");
  scene.context.commit = "abc";
  scene.run_and_expect(Result::kAccepted, 0);
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.ran == Names{"generate while armed", "deploy while deploying", "check while deployed"});
  CHECK(scene.verdict_on("new") == Verdict::kGood);
  CHECK(scene.sets(Shelf::kGood).size() == 1);
  CHECK(scene.sets(Shelf::kBackups) == Names{scene.outcome.backup});
  CHECK(scene.last_event() == "accepted");
  CHECK(scene.phase() == "no journal");
  CHECK(scene.outcome.changed == Names{"a"});
  CHECK(scene.listener.has("generated: entrypoint.sh for a"));
}

TEST_CASE("Story: without a check a run is accepted, and nothing is stamped", "[deploy][story]") {
  StoryScene scene;
  scene.config.health.test = {};
  scene.run_and_expect(Result::kAccepted, 0);
  CHECK(scene.verdict_on("new") == Verdict::kUntested);
  CHECK_THAT(scene.outcome.live, Contains("no health check is set"));
}

TEST_CASE("Story: a generator that changes nothing is said, and the deploy still runs", "[deploy][story]") {
  StoryScene scene;
  scene.generate_writes("old");
  scene.run_and_expect(Result::kAccepted, 0);
  CHECK(scene.outcome.unchanged);
  CHECK(scene.listener.has("The generator changed nothing"));
  CHECK(scene.ran.size() == 3);
}

TEST_CASE("Story: what failed before is warned of, and deployed", "[deploy][story]") {
  StoryScene scene;
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK_FALSE(scene.outcome.failed_before);
  scene.clock.advance(Duration(60'000));
  scene.on("deploy", [&] {
    CHECK(scene.listener.has("warning: these files are known bad: health check exited with 7"));
    return exited(0);
  });
  scene.run_and_expect(Result::kRolledBack, 20);
  REQUIRE(scene.outcome.failed_before);
  CHECK(scene.outcome.failed_before->proved);
}

TEST_CASE("Story: what could not record its end is not begun", "[deploy][story]") {
  StoryScene scene;
  scene.healthy_with("new");
  scene.store();
  std::filesystem::create_directory(scene.temp / "backups/.backstep/history.jsonl");
  CHECK_THROWS_AS(run(scene.context), Error);
  CHECK(scene.ran.empty());
  CHECK_FALSE(scene.journal());
}

TEST_CASE("Story: begin backs up, arms and returns", "[deploy][story]") {
  StoryScene scene;
  const Outcome outcome = begin(scene.context);
  CHECK(outcome.result == Result::kBegun);
  CHECK(outcome.exit_status == 0);
  CHECK(scene.ran.empty());
  REQUIRE(scene.journal());
  CHECK(scene.journal()->phase == Phase::kArmed);
  CHECK(scene.journal()->guard_until == FakeClock::kStart + 3600);
  CHECK(scene.last_event() == "begun");
  CHECK(scene.sets(Shelf::kBackups) == Names{outcome.backup});
}

TEST_CASE("Story: a begin that is stopped before it returns leaves no journal", "[deploy][story]") {
  StoryScene scene;
  DeployScene::stop();
  CHECK_THROWS_AS(begin(scene.context), Interrupted);
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Story: a run over a crashed one settles it first and goes back behind it", "[deploy][story]") {
  StoryScene scene;
  scene.on("deploy", []() -> ProcessResult { throw 9; });  // as a kill would end us
  CHECK_THROWS_AS(run(scene.context), int);
  CHECK(scene.phase() == "deploying");
  CHECK(scene.script_of("a") == "new");
  const std::string crashed = scene.sets(Shelf::kBackups).at(0);

  scene.clock.advance(Duration(60'000));
  scene.on("deploy", [] { return exited(0); });
  scene.generate_writes("newer");
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.listener.has(" did not end; 1 file restored"));
  CHECK(scene.listener.has("restored: a from " + crashed));
  CHECK(scene.outcome.restored_from == crashed);
  CHECK(scene.script_of("a") == "old");
}
