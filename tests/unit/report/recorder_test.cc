// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/recorder.h"

#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/fake_process_runner.h"
#include "support/recording_listener.h"
#include "support/recording_progress.h"

using namespace backstep;
using namespace backstep::test;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

struct RecorderScene {
  RecordingListener next;
  FakeClock clock;
  Secrets secrets{Environment(Variables{{"A_PASSWORD", "p<word>"}})};
  Recorder recorder{next, clock, secrets};
};

}  // namespace

TEST_CASE("Recorder: a step that never ended stays open", "[report][recorder]") {
  RecorderScene scene;
  scene.recorder.step_began(Step::kDeploy, {"x", {}});
  REQUIRE(scene.recorder.record().steps.size() == 1);
  CHECK_FALSE(scene.recorder.record().steps[0].ended);
  CHECK_FALSE(scene.recorder.record().steps[0].succeeded);
}

TEST_CASE("Recorder: lint is a step that fails with an error or a signal", "[report][recorder]") {
  RecorderScene scene;
  LintReport report;
  report.scripts = 1;
  const auto told = [&] {
    scene.recorder.linted(report, Duration(5));
    const StepRecord step = scene.recorder.record().steps.back();
    return std::string(step.name) + (step.succeeded ? " well: " : " badly: ") + step.described;
  };
  CHECK(told() == "lint well: 1 script, nothing found");
  report.findings = {{"a", 1, LintRule::kCrlf, "x"}};
  CHECK(told() == "lint well: 1 warning in 1 script");
  report.findings.push_back({"a", 1, LintRule::kBom, "x"});
  CHECK(told() == "lint badly: 1 error, 1 warning in 1 script");
  report.stopped = 15;
  CHECK(told() == "lint badly: was stopped");
  CHECK(scene.next.has("linted: 1 script, nothing found"));
}

TEST_CASE("Recorder: of warnings it keeps a hundred and tells all", "[report][recorder]") {
  RecorderScene scene;
  for (int i = 0; i < 150; ++i) scene.recorder.warning("w" + std::to_string(i));
  CHECK(scene.recorder.record().warnings.size() == 100);
  CHECK(scene.next.told.size() == 150);
}

TEST_CASE("Recorder: steps keep their order, how they ended and the time", "[report][recorder]") {
  RecorderScene scene;
  scene.recorder.backup_created({.shown = "backups/X/", .files = 3, .linked = 2});
  scene.recorder.step_began(Step::kDeploy, {"x", {}});
  scene.recorder.step_ended(Step::kDeploy, exited(7));
  scene.recorder.step_began(Step::kHealthCheck, {"y", {}});
  scene.recorder.checks_ended({.whole = service_health("", true), .services = {}, .alone = true});
  scene.recorder.restore_ended(1, Duration(5));
  scene.clock.advance(Duration(9'000));
  const RunRecord record = scene.recorder.record();
  REQUIRE(record.steps.size() == 4);
  CHECK(record.steps[0].described == "3 files, 2 unchanged");
  CHECK(record.steps[1].described == "exited with 7");
  CHECK_FALSE(record.steps[1].succeeded);
  CHECK(record.steps[2].described == "passed (2 attempts)");
  CHECK(record.steps[3].name == "restore");
  CHECK(record.elapsed == Duration(9'000));
  CHECK(scene.next.has("ended: deploy: exited with 7"));
  CHECK(scene.next.has("restore ended: 1"));
}

TEST_CASE("Recorder: who watches the work is the one behind it", "[report][recorder]") {
  RecorderScene scene;
  CHECK(scene.recorder.progress() == nullptr);
  RecordingProgress progress;
  scene.next.watcher = &progress;
  CHECK(scene.recorder.progress() == &progress);
}

TEST_CASE("Recorder: a health check keeps how its services ended", "[report][recorder]") {
  RecorderScene scene;
  scene.recorder.step_began(Step::kHealthCheck, {"3 services", {}});
  scene.recorder.checks_ended({.whole = {}, .services = three_services()});
  const RunRecord record = scene.recorder.record();
  CHECK(record.steps.at(0).ended);
  CHECK_FALSE(record.steps.at(0).succeeded);
  CHECK(record.steps.at(0).described == "of b failed: exited with 7 (2 failures in a row, 2 attempts)");
  CHECK(record.steps.at(0).services.size() == 3);
  CHECK(scene.next.has("checks: of b failed"));
}

TEST_CASE("Recorder: a check alone has an end when a signal stops it, several have none", "[report][recorder]") {
  RecorderScene scene;
  const bool alone = GENERATE(true, false);
  scene.recorder.step_began(Step::kHealthCheck, {"check", {}});
  scene.recorder.checks_ended({.whole = service_health("", false), .services = {}, .alone = alone, .stopped = true});
  CHECK(scene.recorder.record().steps.at(0).ended == alone);
}

TEST_CASE("Recorder: what it keeps holds no secret", "[report][recorder]") {
  RecorderScene scene;
  scene.recorder.warning("p<word> is refused");
  scene.recorder.step_began(Step::kHealthCheck, {"3 services", {}});
  CheckResults results{.whole = {}, .services = {service_health("b", false)}};
  results.services.front().described = "said p<word>";
  scene.recorder.checks_ended(results);
  const RunRecord record = scene.recorder.record();
  CHECK(record.warnings == std::vector<std::string>{"*** is refused"});
  CHECK(record.steps.at(0).described == "of b failed: said ***");
}
