// SPDX-License-Identifier: Apache-2.0
#include "report/platform/platform.h"

#include <fcntl.h>

#include "report_scene.h"
#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/recording_listener.h"
#include "support/refusal.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using backstep::test::matchers::StartsWith;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

// How a run ends on a platform: what the log shows then, and what was warned of.
struct PlatformScene {
  TempDir temp;
  Variables variables;
  FakeClock clock;
  Secrets secrets;
  RecordingListener listener;

  std::string told(const Outcome& outcome) {
    const UniqueFd file(open((temp / "log").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    Output log(file.get());
    const Environment environment(variables);
    Recorder recorder(listener, clock, secrets);
    platform_of(environment, false)->tell_end(outcome, recorder, log);
    return temp.read("log");
  }
};

}  // namespace

TEST_CASE("Platform: each gets its own, everybody else a plain one", "[report][platform]") {
  const auto opened = [](const char* variable, const char* value) {
    const Environment environment(Variables{{variable, value}});
    return platform_of(environment, false)->open_block("x");
  };
  CHECK(opened("GITHUB_ACTIONS", "true").starts_with("::group::"));
  CHECK(opened("GITLAB_CI", "true").find("section_start") != std::string::npos);
  CHECK(opened("CI", "woodpecker") == "▶ x\n");
  CHECK(opened("HOME", "/root") == "▶ x\n");
}

TEST_CASE("Platform: a file that cannot be written is among the annotations", "[report][platform]") {
  PlatformScene scene;
  scene.variables = {{"GITHUB_ACTIONS", "true"}, {"GITHUB_OUTPUT", scene.temp / "nowhere/output"}};
  CHECK_THAT(scene.told(rolled_back()),
             StartsWith("::warning title=backstep::GITHUB_OUTPUT was not written: cannot open") &&
                 Contains("\n::error title=backstep::health check"));
}

TEST_CASE("Platform: outputs are written for whoever names the file, annotations for GitHub alone",
          "[report][platform]") {
  PlatformScene scene;
  scene.variables = {{"GITHUB_OUTPUT", scene.temp / "output"}};
  CHECK(scene.told(rolled_back()).empty());
  CHECK_THAT(scene.temp.read("output"), Contains("\nrolled_back\n"));
}

TEST_CASE("Platform: what cannot be written is a warning, and the rest is written", "[report][platform]") {
  PlatformScene scene;
  scene.variables = {{"GITHUB_OUTPUT", scene.temp / "nowhere/output"}, {"GITHUB_STEP_SUMMARY", scene.temp / "summary"}};
  scene.told(rolled_back());
  REQUIRE(scene.listener.told.size() == 1);
  CHECK_THAT(scene.listener.told[0], StartsWith("warning: GITHUB_OUTPUT was not written: cannot open"));
  CHECK_THAT(scene.temp.read("summary"), StartsWith("### "));
}

TEST_CASE("Platform: a summary that has no room left is said, never written over the limit", "[report][platform]") {
  PlatformScene scene;
  scene.temp.write("summary", std::string(1'000'000, 'x'));
  scene.variables = {{"GITHUB_STEP_SUMMARY", scene.temp / "summary"}};
  scene.told(rolled_back());
  REQUIRE(scene.listener.told.size() == 1);
  CHECK_THAT(scene.listener.told[0], Contains("holds 1000000 bytes already"));
  CHECK(scene.temp.read("summary").size() == 1'000'000);
}

TEST_CASE("Platform: colours are for who sees them, and NO_COLOR forbids them", "[report][platform]") {
  using enum Output::Colours;
  const auto chosen = [](const std::string& when, const Variables& variables) {
    return colours_of(when, Environment(variables));
  };
  CHECK_THAT(refusal([&] { chosen("blue", {}); }), Contains("auto, always or never, not 'blue'"));
  CHECK(chosen("", {}) == kOnTerminal);
  CHECK(chosen("auto", {{"TERM", "xterm"}}) == kOnTerminal);
  CHECK(chosen("", {{"TERM", "dumb"}}) == kNever);
  CHECK(chosen("", {{"NO_COLOR", "1"}}) == kNever);
  CHECK(chosen("", {{"NO_COLOR", ""}}) == kOnTerminal);
  CHECK(chosen("", {{"GITHUB_ACTIONS", "true"}}) == kInLog);
  CHECK(chosen("", {{"GITLAB_CI", "true"}}) == kInLog);
  CHECK(chosen("", {{"GITLAB_CI", "true"}, {"NO_COLOR", "1"}}) == kNever);
  CHECK(chosen("", {{"DRONE", "true"}}) == kOnTerminal);
  CHECK(chosen("always", {{"NO_COLOR", "1"}, {"TERM", "dumb"}}) == kAlways);
  CHECK(chosen("never", {{"GITHUB_ACTIONS", "true"}}) == kNever);
}
