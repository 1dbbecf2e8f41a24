// SPDX-License-Identifier: Apache-2.0
#include "report/platform/delivery.h"

#include "report_scene.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "support/workspace_at.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::StartsWith;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

struct DeliveryScene {
  TempDir temp;
  std::vector<std::string> warnings;
  Config config;

  Warn warn() {
    return [this](const std::string& text) { warnings.push_back(text); };
  }
  void to_github(const Outcome& outcome, const std::string& output, const std::string& summary) {
    deliver_to_github(
        Environment(Variables{{"GITHUB_OUTPUT", output}, {"GITHUB_STEP_SUMMARY", summary}}),
        outcome, {}, warn());
  }
  void to_files(const Outcome& outcome) {
    const Workspace workspace = workspace_at(temp.path());
    deliver_report_files(workspace, config, outcome, {}, warn());
  }
};

}  // namespace

TEST_CASE("Delivery: what cannot be written is a warning, and the rest is written",
          "[report][delivery]") {
  DeliveryScene scene;
  scene.to_github(rolled_back(), scene.temp / "nowhere/output", scene.temp / "summary");
  REQUIRE(scene.warnings.size() == 1);
  CHECK_THAT(scene.warnings[0], StartsWith("GITHUB_OUTPUT was not written: cannot open"));
  CHECK_THAT(scene.temp.read("summary"), StartsWith("### "));
}

TEST_CASE("Delivery: a summary that has no room left is said, never written over the limit",
          "[report][delivery]") {
  DeliveryScene scene;
  scene.temp.write("summary", std::string(1'000'000, 'x'));
  scene.to_github(rolled_back(), "", scene.temp / "summary");
  REQUIRE(scene.warnings.size() == 1);
  CHECK_THAT(scene.warnings[0], Contains("holds 1000000 bytes already"));
  CHECK(scene.temp.read("summary").size() == 1'000'000);
}

TEST_CASE("Delivery: a finish that found nothing leaves the report of the run before it",
          "[report][delivery]") {
  DeliveryScene scene;
  scene.config.dotenv_report = "run.env";
  scene.to_files(rolled_back());
  scene.to_files({});
  CHECK_THAT(scene.temp.read("run.env"), StartsWith("BACKSTEP_RESULT=rolled_back\n"));
  CHECK(scene.warnings.empty());
}

TEST_CASE("Delivery: without a report before it, finding nothing is reported",
          "[report][delivery]") {
  DeliveryScene scene;
  scene.config.dotenv_report = "run.env";
  scene.to_files({});
  CHECK_THAT(scene.temp.read("run.env"), StartsWith("BACKSTEP_RESULT=nothing_to_do\n"));
}

TEST_CASE("Delivery: a report's directory must exist", "[report][delivery]") {
  DeliveryScene scene;
  scene.config.junit_report = "nowhere/junit.xml";
  scene.to_files(rolled_back());
  REQUIRE(scene.warnings.size() == 1);
  CHECK_THAT(scene.warnings[0],
             StartsWith("the JUnit report was not written: ") && Contains("nowhere"));
}
