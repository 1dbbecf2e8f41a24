// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/checkup.h"

#include <cerrno>

#include "deploy/steps/checkup_words.h"
#include "deploy/steps/commands.h"
#include "deploy/steps/step_failure.h"
#include "deploy_scene.h"
#include "support/catch.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using Names = std::vector<std::string>;

namespace {

ServiceHealth health(const std::string& service, bool healthy,
                     OnFailure on_failure = OnFailure::kRollback) {
  ServiceHealth health;
  health.service = service;
  health.healthy = healthy;
  health.on_failure = on_failure;
  health.attempts = 3;
  if (!healthy) {
    health.described = "exited with 7 (3 failures in a row)";
    health.output_tail = "no answer from " + service;
  }
  return health;
}

Checkup with_services(std::vector<ServiceHealth> services) {
  Checkup checkup;
  checkup.services = std::move(services);
  return checkup;
}

// Each service has the check `check`; those named in `down` fail it.
struct CheckupScene : SiteScene {
  Journal journal = journal_of_run();
  Names down;

  CheckupScene() {
    journal.settings.health.test = {};
    ServiceCheck& each = journal.settings.service_checks.each;
    each.health.test.text = "check";
    each.health.retries = 1;
    each.health.start_period = Duration(0);
    runner.answer = [this](const ProcessSpec& spec) {
      const std::string service = variable(spec, "BACKSTEP_SERVICE");
      const bool fails = std::find(down.begin(), down.end(), service) != down.end();
      return exited(fails ? 7 : 0, fails ? service + " is down\n" : "");
    };
  }
  Checkup check(const Names& services) { return Commands(site, journal).check(services); }
};

}  // namespace

TEST_CASE("Checkup: a service that fails asks for a rollback, one that warns does not",
          "[deploy][checkup]") {
  CHECK_FALSE(with_services({health("a", false)}).healthy());
  const Checkup warned = with_services({health("a", false, OnFailure::kWarn), health("b", true)});
  CHECK(warned.healthy());
  CHECK(warned.passed());
}

TEST_CASE("Checkup: nobody asked proves nothing, and no more does a lone warning",
          "[deploy][checkup]") {
  CHECK_FALSE(Checkup().passed());
  CHECK_FALSE(with_services({health("a", false, OnFailure::kWarn)}).passed());
  CHECK(with_services({health("a", true, OnFailure::kWarn)}).passed());
}

TEST_CASE("Checkup: failures that could not run prove nothing", "[deploy][checkup]") {
  Checkup checkup = with_services({health("a", false), health("b", false)});
  CHECK(checkup.failed_for_sure());
  for (ServiceHealth& one : checkup.services) one.could_run = false;
  CHECK_FALSE(checkup.failed_for_sure());
}

TEST_CASE("Checkup: an entry that names no service says what was meant", "[deploy][checkup]") {
  ServiceChecks checks;
  checks.own["action_servise"] = {};
  checks.own["there"] = {};
  CHECK(entries_without_service(checks, {"action_service", "there"}) ==
        Names{"no service is called 'action_servise' (did you mean 'action_service'?): its entry "
              "in 'services' checks nothing"});
}

TEST_CASE("Checkup: failures of many are told in few words", "[deploy][checkup]") {
  std::vector<ServiceHealth> services;
  for (int i = 10; i < 40; ++i) services.push_back(health("s" + std::to_string(i), i < 12));
  const Checkup checkup = with_services(services);
  CHECK_THAT(failure_of(checkup),
             Contains("of 28 of 30 services failed: s12, s13") && Contains("s21 and 18 more"));
  const std::string tail = tail_of(checkup);
  CHECK_THAT(tail, Contains("s12: exited with 7 (3 failures in a row)\n  no answer from s12\n") &&
                       Contains("… and 22 more") && !Contains("s18"));
  CHECK_THAT(output_of(checkup), Contains("== s39: "));
}

TEST_CASE("Checkup: output that is kept stays bounded", "[deploy][checkup]") {
  std::vector<ServiceHealth> services;
  for (int i = 0; i < 500; ++i) {
    services.push_back(health("s" + std::to_string(i), false));
    services.back().output_tail = std::string(4'000, 'x');
  }
  CHECK(output_of(with_services(services)).size() < 300 * 1024);
}

TEST_CASE("Checkup: one failure is told with its reason", "[deploy][checkup]") {
  const Checkup checkup = with_services({health("a", false), health("b", true)});
  CHECK(failure_of(checkup) == "of a failed: exited with 7 (3 failures in a row)");
  CHECK(tail_of(checkup) == "no answer from a");
  CHECK(unhealthy_words(checkup) == "a: exited with 7 (3 failures in a row)");
}

TEST_CASE("Checkup: a pass is told with who only warns", "[deploy][checkup]") {
  CHECK(summary_of(with_services({health("a", true), health("b", true)})) == "2 services passed");
  CHECK(summary_of(with_services({health("a", true), health("b", false, OnFailure::kWarn)})) ==
        "1 of 2 services passed; unhealthy, which only warns: b");
}

TEST_CASE("Checkup: each service is asked with its name, and told once", "[deploy][checkup]") {
  CheckupScene scene;
  scene.down = {"b"};
  const Checkup checkup = scene.check({"a", "b"});
  CHECK_FALSE(checkup.healthy());
  CHECK(checkup.services.at(1).output_tail == "b is down");
  CHECK(scene.listener.told ==
        Names{"began: health check: 2 services", "a attempt 1: exited with 0", "checked: a healthy",
              "b attempt 1: exited with 7",
              "checked: b exited with 7 (1 failure in a row, 1 attempt)",
              "checks: of b failed: exited with 7 (1 failure in a row, 1 attempt)"});
  CHECK(variable(scene.runner.specs.at(0), "BACKSTEP_PHASE") == "health_check");
  CHECK(scene.runner.specs.at(0).lock_fd == scene.lock.fd());
  CHECK(scene.runner.specs.at(0).leftovers == Leftovers::kSweep);
}

TEST_CASE("Checkup: of many the single attempts are not told", "[deploy][checkup]") {
  CheckupScene scene;
  scene.check({"a", "b", "c", "d", "e", "f"});
  CHECK_FALSE(scene.listener.has("attempt"));
  CHECK(scene.listener.has("checked: f healthy"));
}

TEST_CASE("Checkup: the whole is asked beside the services", "[deploy][checkup]") {
  CheckupScene scene;
  scene.journal.settings.health = DeployScene::four_commands().health;
  const Checkup checkup = scene.check({"a"});
  REQUIRE(checkup.whole);
  CHECK(checkup.whole->healthy());
  CHECK(scene.listener.told.at(0) == "began: health check: check and 1 service");
}

TEST_CASE("Checkup: the baseline asks each once and tells who fails", "[deploy][checkup]") {
  CheckupScene scene;
  scene.down = {"b"};
  const Baseline baseline = Commands(scene.site, scene.journal).check_once({"a", "b"});
  REQUIRE(baseline.failed.size() == 1);
  CHECK(baseline.failed.at(0).service == "b");
  CHECK(baseline.not_asked == 0);
  CHECK(scene.listener.told.empty());
  CHECK(variable(scene.runner.specs.at(0), "BACKSTEP_PHASE") == "baseline");
}

TEST_CASE("Checkup: a baseline without room for any command has run no check",
          "[deploy][checkup]") {
  CheckupScene scene;
  ProcessResult no_room;
  no_room.end = ProcessResult::End::kNotStarted;
  no_room.error_number = EMFILE;
  scene.runner.answer = [&](const ProcessSpec&) { return no_room; };
  const Baseline baseline = Commands(scene.site, scene.journal).check_once({"a"});
  CHECK(baseline.failed.empty());
  CHECK(baseline.not_asked == 1);
}

TEST_CASE("Checkup: a check alone shows its output, several do not", "[deploy][checkup]") {
  CheckupScene scene;
  scene.journal.health = DeployScene::four_commands().health;
  scene.check({});
  scene.check({"a"});
  CHECK(scene.runner.specs.at(0).live == &scene.listener.live);
  CHECK(scene.runner.specs.at(1).live == nullptr);
  CHECK(scene.runner.specs.at(2).live == nullptr);
}

TEST_CASE("Checkup: a stop signal leaves out what is not decided, but not a check alone",
          "[deploy][checkup]") {
  CheckupScene scene;
  scene.journal.health = DeployScene::four_commands().health;
  scene.journal.health.retries = 3;
  scene.runner.answer = [&](const ProcessSpec&) {
    return scene.runner.specs.size() == 2 ? stopped_by(15) : exited(1);
  };
  const Names services = GENERATE(Names{}, Names{"a"});
  const Checkup checkup = scene.check(services);
  CHECK(checkup.stopped);
  CHECK(checkup.services.empty());
  CHECK(checkup.attempts() == (services.empty() ? 1 : 0));
}

TEST_CASE("Checkup: the judgement of a run names who failed", "[deploy][checkup]") {
  CheckupScene scene;
  scene.down = {"a"};
  scene.journal.recorded = {{"services/a/entrypoint.sh", std::string(64, 'a'), true, false},
                            {"services/gone/entrypoint.sh", "", false, false}};
  Outcome outcome;
  const auto failure = judge_health(scene.site, scene.journal, outcome);
  REQUIRE(failure);
  CHECK(failure->shown.described == "of a failed: exited with 7 (1 failure in a row, 1 attempt)");
  CHECK(failure->check_failed);
  CHECK(failure->check_could_run);
  CHECK(outcome.service_checks.size() == 1);
}
