// SPDX-License-Identifier: Apache-2.0

#include "deploy/story.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;
using Result = Outcome::Result;

namespace {

// A begun run whose outside steps wrote `new`; only `old` is healthy.
struct FinishScene : DeployScene {
  FinishScene() {
    script("a", "old");
    healthy_with("old");
  }
  void begin_and_deploy() {
    begin(context);
    script("a", "new");
  }
  void finish_and_expect(const std::string& status, Result result, int exit_status) {
    outcome = finish(context, status);
    CHECK(outcome.result == result);
    CHECK(outcome.exit_status == exit_status);
  }
  Outcome outcome;
};

}  // namespace

TEST_CASE("Finish: a job's status is understood as the platforms spell it", "[deploy][finish]") {
  CHECK(job_status_of("success") == JobStatus::kSuccess);
  for (const char* text : {"failure", "failed", "timedout"}) {
    CHECK(job_status_of(text) == JobStatus::kFailure);
  }
  for (const char* text : {"cancelled", "canceled"}) {
    CHECK(job_status_of(text) == JobStatus::kCancelled);
  }
  for (const char* text : {"", "Success", "ok", "0"}) {
    CHECK(job_status_of(text) == JobStatus::kUnknown);
  }
}

TEST_CASE("Finish: any other status than success goes back without asking the check first", "[deploy][finish]") {
  FinishScene scene;
  const std::string status = GENERATE(as<std::string>(), "failure", "cancelled", "", "weird");
  scene.begin_and_deploy();
  scene.finish_and_expect(status, Result::kRolledBack, 20);
  CHECK(scene.ran == Names{"rollback while restored", "check while restored"});
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.verdict_on("new") == Verdict::kUntested);
  CHECK(scene.listener.has("taken as a failure") == (status.empty() || status == "weird"));
  CHECK(scene.outcome.failure->step == "job");
}

TEST_CASE("Finish: after a success the check decides", "[deploy][finish]") {
  FinishScene scene;
  scene.begin_and_deploy();
  SECTION("unhealthy") {
    scene.finish_and_expect("success", Result::kRolledBack, 20);
    CHECK(scene.script_of("a") == "old");
    CHECK(scene.verdict_on("new") == Verdict::kBad);
  }
  SECTION("healthy") {
    scene.healthy_with("new");
    scene.finish_and_expect("success", Result::kAccepted, 0);
    CHECK(scene.ran == Names{"check while deployed"});
    CHECK(scene.verdict_on("new") == Verdict::kGood);
    CHECK(scene.outcome.changed == Names{"a"});
  }
  SECTION("without one it is accepted") {
    scene.config.health.test = {};
    const auto store = scene.store();
    Journal journal = *load_journal(store);
    journal.settings.health.test = {};
    save_journal(store, journal);
    scene.finish_and_expect("success", Result::kAccepted, 0);
    CHECK(scene.verdict_on("new") == Verdict::kUntested);
  }
  CHECK(scene.phase() == "no journal");
}

TEST_CASE("Finish: the last step's commands count where the first step had none", "[deploy][finish]") {
  FinishScene scene;
  const Config whole = scene.config;
  scene.config.health.test = {};
  scene.config.rollback.command = {};
  scene.config.deploy = {};
  scene.begin_and_deploy();
  scene.config = whole;
  scene.finish_and_expect("success", Result::kRolledBack, 20);
  CHECK(scene.ran == Names{"check while deployed", "rollback while restored", "check while restored"});
}

TEST_CASE("Finish: files that came after begin's deploy are brought back too", "[deploy][finish]") {
  FinishScene scene;
  scene.begin_and_deploy();
  scene.script("b", "added");
  scene.finish_and_expect("failure", Result::kRolledBack, 20);
  CHECK_FALSE(scene.temp.has(service_path("b")));
}

TEST_CASE("Finish: another owner's run is named and left", "[deploy][finish]") {
  FinishScene scene;
  scene.begin_and_deploy();
  scene.context.owner = "you";
  scene.finish_and_expect("failure", Result::kNothingToDo, 0);
  CHECK_THAT(scene.outcome.live, Contains("of me is open (armed)"));
  CHECK(scene.phase() == "armed");
  CHECK(scene.script_of("a") == "new");
}

TEST_CASE("Finish: a crashed run of the same owner is settled whatever the status", "[deploy][finish]") {
  FinishScene scene;
  scene.generate_writes("new");
  scene.on("deploy", []() -> ProcessResult { throw 9; });
  CHECK_THROWS_AS(run(scene.context), int);
  scene.ran.clear();
  scene.finish_and_expect("success", Result::kRolledBack, 20);
  CHECK(scene.ran == Names{"rollback while restored", "check while restored"});
  CHECK(scene.script_of("a") == "old");
}

TEST_CASE("Finish: nothing open is nothing to do, also the second time", "[deploy][finish]") {
  FinishScene scene;
  scene.finish_and_expect("success", Result::kNothingToDo, 0);
  CHECK_FALSE(scene.temp.has("backups"));
  scene.begin_and_deploy();
  scene.finish_and_expect("failure", Result::kRolledBack, 20);
  scene.ran.clear();
  scene.finish_and_expect("failure", Result::kNothingToDo, 0);
  CHECK(scene.ran.empty());
}

TEST_CASE("Finish: a begin whose journal is gone is not taken for nothing", "[deploy][finish]") {
  FinishScene scene;
  scene.begin_and_deploy();
  const std::string run = scene.journal()->run;
  SECTION("with the store: the pipeline's environment remembers") {
    std::filesystem::remove_all(scene.temp / "backups");
    scene.environment = Environment(Variables{{"BACKSTEP_BEGUN", run}});
  }
  SECTION("alone: the history remembers") { remove_journal(scene.store()); }
  scene.finish_and_expect("success", Result::kRollbackFailed, 22);
  CHECK_THAT(scene.outcome.live, Contains("run " + run + " was begun, but its journal is gone"));
  CHECK(scene.script_of("a") == "new");
}

TEST_CASE("Finish: a signal while it goes back leaves the command owed", "[deploy][finish]") {
  FinishScene scene;
  scene.begin_and_deploy();
  scene.on("rollback", [] {
    DeployScene::stop();
    return stopped_by(SIGTERM);
  });
  scene.finish_and_expect("failure", Result::kRollbackOwed, 128 + SIGTERM);
  CHECK(scene.script_of("a") == "old");
  CHECK(scene.journal()->owed);
}
