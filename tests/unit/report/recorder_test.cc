// SPDX-License-Identifier: Apache-2.0
#include "report/recorder.h"

#include <catch2/catch.hpp>

#include "support/fake_clock.h"
#include "support/fake_process_runner.h"
#include "support/recording_listener.h"

using namespace backstep;
using namespace backstep::test;

namespace {

struct RecorderScene {
  RecordingListener next;
  FakeClock clock;
  Recorder recorder{next, clock};
};

}  // namespace

TEST_CASE("Recorder: a step that never ended stays open", "[report][recorder]") {
  RecorderScene scene;
  scene.recorder.step_began(Step::kDeploy, {"x", {}});
  REQUIRE(scene.recorder.record().steps.size() == 1);
  CHECK_FALSE(scene.recorder.record().steps[0].ended);
  CHECK_FALSE(scene.recorder.record().steps[0].succeeded);
}

TEST_CASE("Recorder: of warnings it keeps a hundred and tells all", "[report][recorder]") {
  RecorderScene scene;
  for (int i = 0; i < 150; ++i) scene.recorder.warning("w");
  CHECK(scene.recorder.record().warnings.size() == 100);
  CHECK(scene.next.told.size() == 150);
}

TEST_CASE("Recorder: steps keep their order, how they ended and the time", "[report][recorder]") {
  RecorderScene scene;
  scene.recorder.backup_created({.shown = "backups/X/", .files = 3, .linked = 2});
  scene.recorder.step_began(Step::kDeploy, {"x", {}});
  scene.recorder.step_ended(Step::kDeploy, exited(7));
  scene.recorder.step_began(Step::kHealthCheck, {"y", {}});
  HealthResult check;
  check.attempts = 2;
  scene.recorder.check_ended(check);
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
