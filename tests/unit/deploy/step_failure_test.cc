// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/steps.h"

#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;

TEST_CASE("StepFailure: it names the step, its end and its last lines", "[deploy][failure]") {
  std::string output;
  for (int i = 1; i <= 30; ++i) output += "line " + std::to_string(i) + "\n";
  const StepFailure failure = failure_of(Step::kDeploy, exited(7, output));
  CHECK(failure.shown.step == "deploy");
  CHECK(failure.shown.described == "exited with 7");
  CHECK(failure.shown.output_tail.starts_with("line 11\n"));
  CHECK(failure.shown.output_tail.ends_with("line 30"));
  CHECK_FALSE(failure.signal);
  CHECK(failure.checks.empty());
}

TEST_CASE("StepFailure: a step that a stop signal ended carries it", "[deploy][failure]") {
  CHECK(failure_of(Step::kGenerate, stopped_by(SIGTERM)).signal == SIGTERM);
}

TEST_CASE("StepFailure: a stop signal between two steps is a failure of the run", "[deploy][failure]") {
  SiteScene scene;
  CHECK_FALSE(stopped_by_signal(scene.context));
  DeployScene::stop(SIGINT);
  const auto failure = stopped_by_signal(scene.context);
  REQUIRE(failure);
  CHECK(failure->signal == SIGINT);
  CHECK(failure->shown.step + " " + failure->shown.described == "run was stopped by signal 2");
}

TEST_CASE("StepFailure: a failed check says how often it was asked", "[deploy][failure]") {
  RunScene scene;
  scene.journal.settings.health.retries = 2;
  scene.on("check", [] { return exited(7, "connection refused\n"); });
  const auto failure = judge_health(scene.run);
  REQUIRE(failure);
  CHECK(failure->shown.described == "exited with 7 (2 failures in a row, 2 attempts)");
  CHECK_FALSE(failure->checks.empty());
  CHECK_FALSE(failure->checks.failed_for_sure_of().empty());
  CHECK(output_of(failure->checks) == "connection refused\n");
  CHECK_FALSE(scene.journal.passed_check);
  CHECK(scene.outcome.attempts == 2);
}

TEST_CASE("StepFailure: a check that cannot run is a failed check that proves nothing", "[deploy][failure]") {
  RunScene scene;
  scene.journal.settings.health.test.text = "./check";
  scene.on("./check", [] { return exited(127); });
  const auto failure = judge_health(scene.run);
  REQUIRE(failure);
  CHECK_FALSE(failure->checks.empty());
  CHECK(failure->checks.failed_for_sure_of().empty());
}

TEST_CASE("StepFailure: 126 and 127 of another program than the check's own are its answer", "[deploy][failure]") {
  RunScene scene;
  scene.temp.write("client", "", 0755);
  scene.journal.settings.health.test.text = "./client web";
  const int code = GENERATE(126, 127);
  scene.on("./client web", [code] { return exited(code); });
  const auto failure = judge_health(scene.run);
  REQUIRE(failure);
  CHECK_FALSE(failure->checks.failed_for_sure_of().empty());
}

TEST_CASE("StepFailure: a signal during a check that passes still stops the run", "[deploy][failure]") {
  RunScene scene;
  scene.on("check", [] {
    DeployScene::stop();
    return exited(0);
  });
  const auto failure = judge_health(scene.run);
  REQUIRE(failure);
  CHECK(failure->signal == SIGTERM);
  CHECK(failure->checks.empty());
}

TEST_CASE("StepFailure: without a check there is nothing to say", "[deploy][failure]") {
  RunScene scene;
  SECTION("none configured") {
    scene.journal.settings.health.test = {};
    CHECK_FALSE(judge_health(scene.run));
    CHECK(scene.runner.specs.empty());
    CHECK_FALSE(scene.journal.passed_check);
  }
  SECTION("one that passed") {
    CHECK_FALSE(judge_health(scene.run));
    CHECK(scene.journal.passed_check);
  }
}

TEST_CASE("Baseline: the last line of a check that cannot run is quoted safely", "[deploy][failure]") {
  RunScene scene;
  scene.temp.write("check", "", 0644);
  scene.journal.settings.health.test.text = "./check";
  scene.journal.settings.health.baseline = true;
  scene.on("baseline", [] { return exited(126, "first\n\x1b[31mlast\n"); });
  CHECK_THROWS_WITH(check_baseline(scene.run, {}),
                    "the health check cannot run: './check' exited with 126 (not executable): last; "
                    "nothing was changed");
}
