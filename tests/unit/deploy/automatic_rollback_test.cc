// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/automatic_rollback.h"

#include "story_scene.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;
using Result = Outcome::Result;

TEST_CASE("StepBack: a failed check brings the old version back, and it is healthy again", "[deploy][step_back]") {
  StoryScene scene;
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.outcome.verdict == Verdict::kBad);
  CHECK(scene.verdict_on("new") == Verdict::kBad);
  CHECK(scene.last_event() == "rolled_back");
  CHECK(scene.outcome.live == "the old version, healthy again");
  CHECK(scene.outcome.failure->step == "health check");
  CHECK(scene.outcome.restored == Names{service_path("a")});
  const std::string evidence = "backups/.backstep/" + scene.outcome.evidence + "/";
  CHECK(scene.temp.read(evidence + "a_entrypoint.sh") == script_text("new"));
  CHECK(scene.temp.read(evidence + "_health_check.txt") == "said no\n");
}

TEST_CASE("StepBack: the old version that fails too proves nothing against the new one", "[deploy][step_back]") {
  StoryScene scene;
  scene.on("check", [] { return exited(7); });
  scene.run_and_expect(Result::kRolledBack, 21);
  CHECK(scene.verdict_on("new") == Verdict::kUntested);
  CHECK_THAT(scene.outcome.live, Contains("STILL UNHEALTHY"));
  REQUIRE(scene.outcome.after_restore);
  CHECK(scene.outcome.after_restore->step == "health check");
  CHECK_THAT(scene.outcome.after_restore->described, Contains("exited with 7"));
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("StepBack: after a rollback without a check nobody knows", "[deploy][step_back]") {
  StoryScene scene;
  scene.config.health.test = {};
  scene.on("deploy", [] { return exited(3, "no space\n"); });
  scene.run_and_expect(Result::kRolledBack, 21);
  CHECK(scene.script_of("a") == "old");
  CHECK_THAT(scene.outcome.live, Contains("not checked"));
  CHECK(scene.outcome.failure->output_tail == "no space");
}

TEST_CASE("StepBack: a failed rollback command keeps the journal, and names recover", "[deploy][step_back]") {
  StoryScene scene;
  scene.on("rollback", [] { return exited(9, "no disk\n"); });
  scene.run_and_expect(Result::kRollbackFailed, 22);
  CHECK(scene.outcome.owed == "rollback");
  REQUIRE(scene.outcome.after_restore);
  CHECK(scene.outcome.after_restore->output_tail == "no disk");
  CHECK(scene.script_of("a") == "old");
  REQUIRE(scene.journal());
  CHECK(scene.journal()->phase == Phase::kRestored);
  CHECK(scene.journal()->owed);
  CHECK(scene.outcome.next.back().command == "backstep recover");
}

TEST_CASE("StepBack: a signal after the deploy began brings the files back and leaves the command owed",
          "[deploy][step_back]") {
  StoryScene scene;
  const std::string during = GENERATE("deploy", "check");
  scene.on(during, [] {
    DeployScene::stop();
    return stopped_by(SIGTERM);
  });
  scene.run_and_expect(Result::kRollbackOwed, 128 + SIGTERM);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.outcome.live == "unknown: the old files are back, the rollback command has still to run");
  REQUIRE(scene.journal());
  CHECK(scene.journal()->phase == Phase::kRestored);
  CHECK(scene.journal()->owed);
  CHECK(std::count(scene.ran.begin(), scene.ran.end(), "rollback while restored") == 0);
}

TEST_CASE("StepBack: a signal during the pause of the last check keeps its number", "[deploy][step_back]") {
  StoryScene scene;
  scene.config.health.retries = 2;
  scene.on("check", [&] {
    if (scene.phase() == "restored") {
      scene.clock.stop_in_wait = static_cast<int>(scene.clock.waits.size()) + 1;
      DeployScene::stop();
    }
    return exited(7);
  });
  CHECK(run(scene.context).exit_status == 128 + SIGTERM);
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("StepBack: a first run has nothing to go back to", "[deploy][step_back]") {
  StoryScene scene;
  std::filesystem::remove_all(scene.temp / "services");
  scene.run_and_expect(Result::kNothingToRollBackTo, 10);
  CHECK_FALSE(scene.temp.has(service_path("a")));
  CHECK(std::count(scene.ran.begin(), scene.ran.end(), "rollback while restored") == 0);
  CHECK(scene.listener.has("nothing is tracked so far: 'services' does not exist"));
  CHECK(scene.last_event() == "nothing_to_roll_back_to");
  CHECK(scene.temp.read("backups/.backstep/" + scene.outcome.evidence + "/a_entrypoint.sh") == script_text("new"));
}

TEST_CASE("StepBack: with rollback off the failed files stay", "[deploy][step_back]") {
  StoryScene scene;
  scene.config.rollback.enabled = false;
  SECTION("after the deploy") { scene.run_and_expect(Result::kNotRolledBack, 23); }
  SECTION("before it") {
    scene.on("generate", [&] {
      scene.script("a", "new");
      return exited(1);
    });
    scene.run_and_expect(Result::kNotRolledBack, 5);
    CHECK_THAT(scene.outcome.live, Contains("the same as before: nothing was deployed; the new files stay"));
  }
  SECTION("on a signal") {
    scene.on("deploy", [] {
      DeployScene::stop();
      return stopped_by(SIGTERM);
    });
    scene.run_and_expect(Result::kNotRolledBack, 128 + SIGTERM);
  }
  CHECK(scene.script_of("a") == "new");
  CHECK(scene.last_event() == "unrestored");
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("StepBack: unchanged files that fail are not known bad", "[deploy][step_back]") {
  StoryScene scene;
  scene.generate_writes("old");
  int asked = 0;
  scene.on("check", [&] { return exited(++asked == 1 ? 7 : 0); });
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.verdict_on("old") == Verdict::kUntested);
  CHECK_THAT(scene.outcome.live, Contains("the same as before"));
}

TEST_CASE("StepBack: it goes back to the newest known good, not to what a failed run left", "[deploy][step_back]") {
  StoryScene scene;
  scene.accept_first("good");
  scene.script("a", "edited by hand");
  scene.healthy_with("good");
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.script_of("a") == "good");
  CHECK(scene.outcome.target_reason == "the newest known good");
}

TEST_CASE("StepBack: a damaged known good is passed over", "[deploy][step_back]") {
  StoryScene scene;
  scene.accept_first("good");
  const std::string good = scene.sets(Shelf::kGood).at(0);
  scene.temp.write("backups/.backstep/good/" + good + "/a_entrypoint.sh", "odd");
  scene.script("a", "previous");
  scene.healthy_with("previous");
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.script_of("a") == "previous");
  CHECK(scene.listener.has(good + " (the newest known good) cannot be used"));
}

TEST_CASE("StepBack: what a deploy leaves in a script's place is left to the check, and goes back",
          "[deploy][step_back]") {
  StoryScene scene;
  scene.on("deploy", [&] {
    std::filesystem::create_directories(scene.temp / "services/b");
    std::filesystem::create_symlink("../a/entrypoint.sh", scene.temp / service_path("b"));
    return exited(0);
  });
  scene.run_and_expect(Result::kRolledBack, 20);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.outcome.failure->step == "health check");
}

TEST_CASE("StepBack: it is told when it happened, and where the old version came from", "[deploy][step_back]") {
  StoryScene scene;
  scene.accept_first("v1");
  const int64_t accepted = load_history(scene.store()).back().time;
  scene.on("deploy", [&] {
    scene.clock.advance(Duration(40'000));
    return exited(0);
  });
  scene.on("rollback", [&] {
    scene.clock.advance(Duration(5'000));
    return exited(0);
  });
  scene.run_and_expect(Result::kRolledBack, 20);
  const Moments& when = scene.outcome.when;
  CHECK(when.failed == when.deploy_began + 40);
  CHECK(when.healthy_again == when.failed + 5);
  CHECK(when.run_began == when.deploy_began);
  REQUIRE(scene.outcome.origin);
  CHECK(scene.outcome.origin->time == accepted);
}
