// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/commands.h"

#include <cerrno>

#include "deploy/steps/steps.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;

namespace {

// Each service has the check `check`; those named in `down` fail it.
struct HealthScene : RunScene {
  Names down;

  HealthScene() {
    journal.settings.health.test = {};
    ServiceCheck& each = journal.settings.service_checks.each;
    each.health.test.text = "check";
    each.health.retries = 1;
    each.health.start_period = Duration(0);
    each.health.min_healthy_time = Duration(0);
    runner.answer = [this](const ProcessSpec& spec) {
      const std::string service = variable(spec, "BACKSTEP_SERVICE");
      const bool fails = std::find(down.begin(), down.end(), service) != down.end();
      return exited(fails ? 7 : 0, fails ? service + " is down\n" : "");
    };
  }
  CheckResults check(const Names& services, Thoroughness thoroughness = Thoroughness::kFull) {
    return Commands(run).check(services, thoroughness);
  }
};

}  // namespace

TEST_CASE("HealthChecks: each service is asked with its name, and told once", "[deploy][health_checks]") {
  HealthScene scene;
  scene.down = {"b"};
  const CheckResults results = scene.check({"a", "b"});
  CHECK_FALSE(results.healthy());
  CHECK(results.services.at(1).output_tail == "b is down");
  CHECK(scene.listener.told == Names{"began: health check: 2 services", "a attempt 1: exited with 0",
                                     "checked: a healthy", "b attempt 1: exited with 7",
                                     "checked: b exited with 7 (1 failure in a row, 1 attempt)",
                                     "checks: of b failed: exited with 7 (1 failure in a row, 1 attempt)"});
  CHECK(variable(scene.runner.specs.at(0), "BACKSTEP_PHASE") == "health_check");
  CHECK(scene.runner.specs.at(0).lock_fd == scene.lock.fd());
  CHECK(scene.runner.specs.at(0).leftovers == Leftovers::kSweep);
}

TEST_CASE("HealthChecks: of many the single attempts are not told", "[deploy][health_checks]") {
  HealthScene scene;
  scene.check({"a", "b", "c", "d", "e", "f"});
  CHECK_FALSE(scene.listener.has("attempt"));
  CHECK(scene.listener.has("checked: f healthy"));
}

TEST_CASE("HealthChecks: the whole is asked beside the services", "[deploy][health_checks]") {
  HealthScene scene;
  scene.journal.settings.health = DeployScene::four_commands().health;
  const CheckResults results = scene.check({"a"});
  REQUIRE(results.whole);
  CHECK(results.whole->healthy);
  CHECK(scene.listener.told.at(0) == "began: health check: check and 1 service");
}

TEST_CASE("HealthChecks: the baseline asks each once and tells nobody", "[deploy][health_checks]") {
  HealthScene scene;
  scene.down = {"b"};
  const CheckResults baseline = scene.check({"a", "b"}, Thoroughness::kBaseline);
  CHECK(names_of(baseline.services, &ServiceHealth::asks_for_rollback) == Names{"b"});
  CHECK(baseline.not_run == 0);
  CHECK(scene.listener.told.empty());
  CHECK(variable(scene.runner.specs.at(0), "BACKSTEP_PHASE") == "baseline");
}

TEST_CASE("HealthChecks: a baseline without room for any command has run no check", "[deploy][health_checks]") {
  HealthScene scene;
  ProcessResult no_room;
  no_room.end = ProcessResult::End::kNotStarted;
  no_room.error_number = EMFILE;
  scene.runner.answer = [&](const ProcessSpec&) { return no_room; };
  const CheckResults baseline = scene.check({"a"}, Thoroughness::kBaseline);
  CHECK(baseline.empty());
  CHECK(baseline.not_run == 1);
}

TEST_CASE("HealthChecks: a check alone shows its output, several do not", "[deploy][health_checks]") {
  HealthScene scene;
  scene.journal.settings.health = DeployScene::four_commands().health;
  scene.check({});
  scene.check({"a"});
  CHECK(scene.runner.specs.at(0).live == &scene.listener.live);
  CHECK(scene.runner.specs.at(1).live == nullptr);
  CHECK(scene.runner.specs.at(2).live == nullptr);
}

TEST_CASE("HealthChecks: a stop signal leaves out what is not decided, but not a check alone",
          "[deploy][health_checks]") {
  HealthScene scene;
  scene.journal.settings.health = DeployScene::four_commands().health;
  scene.journal.settings.health.retries = 3;
  scene.runner.answer = [&](const ProcessSpec&) { return scene.runner.specs.size() == 2 ? stopped_by(15) : exited(1); };
  const Names services = GENERATE(Names{}, Names{"a"});
  const CheckResults results = scene.check(services);
  CHECK(results.stopped);
  CHECK(results.services.empty());
  CHECK(results.attempts() == (services.empty() ? 1 : 0));
}

TEST_CASE("HealthChecks: the judgement of a run names who failed", "[deploy][health_checks]") {
  HealthScene scene;
  scene.down = {"a"};
  scene.journal.recorded = {{"services/a/entrypoint.sh", sha256_of("a"), true, false},
                            {"services/gone/entrypoint.sh", {}, false, false}};
  const auto failure = judge_health(scene.run);
  REQUIRE(failure);
  CHECK(failure->shown.described == "of a failed: exited with 7 (1 failure in a row, 1 attempt)");
  CHECK_FALSE(failure->checks.empty());
  CHECK_FALSE(failure->checks.failed_for_sure_of().empty());
  CHECK(scene.outcome.service_checks.size() == 1);
}

TEST_CASE("HealthChecks: without a run they fail as in a run", "[deploy][health_checks]") {
  DeployScene scene;
  scene.config.health.retries = 2;
  scene.on("check", [] { return exited(7); });
  const CheckResults result = check_health_standalone(scene.context);
  CHECK_FALSE(result.healthy());
  CHECK(result.attempts() == 2);
  CHECK(scene.listener.told == std::vector<std::string>{"began: health check: check", "attempt 1: exited with 7",
                                                        "attempt 2: exited with 7",
                                                        "checks: exited with 7 (2 attempts)"});
}

TEST_CASE("HealthChecks: without a run they need no store, and leave the surrounding run's variables",
          "[deploy][health_checks]") {
  DeployScene scene;
  CHECK(check_health_standalone(scene.context).healthy());
  CHECK_FALSE(scene.temp.has("backups"));
  const ProcessSpec& spec = scene.runner.specs.at(0);
  CHECK(variable(spec, "BACKSTEP_PHASE") == "health_check");
  CHECK(variable(spec, "BACKSTEP_RUN_ID") == "(unset)");
  CHECK(spec.leftovers == Leftovers::kSweep);
  CHECK(spec.lock_fd == -1);
  CHECK(spec.timeout == scene.config.health.timeout);
  CHECK(spec.directory == scene.temp.path());
}
