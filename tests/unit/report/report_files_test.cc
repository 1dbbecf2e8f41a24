// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/outcome_report.h"

#include "report_scene.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/recording_listener.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::StartsWith;

namespace {

struct ReportScene {
  TempDir temp;
  Config config;
  FakeClock clock;
  Secrets secrets;
  RecordingListener listener;

  void write(const Outcome& outcome) {
    const Workspace workspace = workspace_at(temp.path());
    Recorder recorder(listener, clock, secrets);
    write_report_files(workspace, config, outcome, recorder);
  }
};

}  // namespace

TEST_CASE("ReportFiles: a finish that found nothing leaves the report of the run before it", "[report][report_files]") {
  ReportScene scene;
  scene.config.reports = {"run.env"};
  scene.write(rolled_back());
  scene.write({});
  CHECK_THAT(scene.temp.read("run.env"), StartsWith("BACKSTEP_RESULT=rolled_back\n"));
  CHECK(scene.listener.told.empty());
}

TEST_CASE("ReportFiles: without a report before it, finding nothing is reported", "[report][report_files]") {
  ReportScene scene;
  scene.config.reports = {"run.env"};
  scene.write({});
  CHECK_THAT(scene.temp.read("run.env"), StartsWith("BACKSTEP_RESULT=nothing_to_do\n"));
}

TEST_CASE("ReportFiles: a report's directory must exist", "[report][report_files]") {
  ReportScene scene;
  scene.config.reports = {"nowhere/junit.xml"};
  scene.write(rolled_back());
  REQUIRE(scene.listener.told.size() == 1);
  CHECK_THAT(scene.listener.told[0],
             StartsWith("warning: the report 'nowhere/junit.xml' was not written: ") && Contains("nowhere"));
}
