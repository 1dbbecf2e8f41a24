// SPDX-License-Identifier: Apache-2.0
#include "health/side_by_side.h"

#include <cerrno>
#include <map>
#include <set>

#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/fake_process_runner.h"

using namespace backstep;
using namespace backstep::test;
using std::chrono::seconds;

namespace {

ProcessResult no_room(int error_number) {
  ProcessResult result;
  result.end = ProcessResult::End::kNotStarted;
  result.error_number = error_number;
  return result;
}

// Checks called 0, 1, 2 …, whose attempts end as `ends` says; the last one goes on.
struct RowScene {
  std::vector<HealthCheck> checks;
  size_t parallel = 2;
  FakeClock clock;
  FakeProcessRunner runner;
  Duration takes{0};
  std::map<std::string, std::vector<ProcessResult>> ends;
  std::vector<std::string> asked;
  std::vector<Duration> timeouts;
  std::map<size_t, HealthResult> decided;
  std::vector<size_t> order;
  std::vector<HealthAttempt> attempts;

  explicit RowScene(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      HealthCheck check;
      check.test.list = {std::to_string(i)};
      check.start_period = Duration(0);
      checks.push_back(check);
    }
    runner.answer = [this](const ProcessSpec& spec) { return answer(spec); };
  }

  ProcessResult answer(const ProcessSpec& spec) {
    const std::string& name = spec.argv.at(0);
    asked.push_back(name);
    timeouts.push_back(spec.timeout);
    clock.advance(takes);
    std::vector<ProcessResult>& results = ends[name];
    if (results.empty()) return exited(0);
    const ProcessResult result = results.front();
    if (results.size() > 1) results.erase(results.begin());
    return result;
  }

  CheckRow row() const {
    CheckRow row;
    for (const HealthCheck& check : checks) row.checks.push_back(&check);
    row.parallel = parallel;
    row.spec = [](size_t) { return ProcessSpec{}; };
    return row;
  }
  int run() {
    return run_side_by_side(
        row(), clock, runner,
        {.attempted = [this](size_t, const HealthAttempt& told) { attempts.push_back(told); },
         .decided =
             [this](size_t which, const HealthResult& result) {
               decided[which] = result;
               order.push_back(which);
             }});
  }
  std::string names_asked() const {
    std::string names;
    for (const std::string& name : asked) names += name;
    return names;
  }
};

}  // namespace

TEST_CASE("SideBySide: each check fails by its own attempts", "[health][side_by_side]") {
  RowScene scene(3);
  scene.ends["1"] = {exited(7, "down\n")};
  scene.checks[1].retries = 2;
  CHECK(scene.run() == 0);
  CHECK(scene.decided.size() == 3);
  CHECK(scene.decided[0].healthy());
  CHECK_FALSE(scene.decided[1].healthy());
  CHECK(scene.decided[1].attempts == 2);
  CHECK(scene.decided[1].reason == "2 failures in a row");
  CHECK(scene.decided[1].last.output.text() == "down\n");
  CHECK(scene.order == std::vector<size_t>{0, 2, 1});
  CHECK(scene.clock.waits == std::vector<Duration>{seconds(5)});
}

TEST_CASE("SideBySide: a stop signal ends all, and says nothing of those undecided",
          "[health][side_by_side]") {
  RowScene scene(5);
  scene.ends["1"] = {stopped_by(15)};
  CHECK(scene.run() == 15);
  CHECK(scene.decided.size() == 1);
  CHECK(scene.runner.specs.size() <= 3);
}

TEST_CASE("SideBySide: a stop signal in a pause that all of them make ends it",
          "[health][side_by_side]") {
  RowScene scene(2);
  scene.ends["0"] = {exited(1)};
  scene.ends["1"] = {exited(1)};
  scene.clock.stop_in_wait = 1;
  CHECK(scene.run() != 0);
  CHECK(scene.decided.empty());
}

TEST_CASE("SideBySide: a check that cannot run says so", "[health][side_by_side]") {
  RowScene scene(2);
  scene.checks[0].retries = 1;
  scene.ends["0"] = {exited(127)};
  scene.run();
  CHECK(scene.decided[0].cannot_run);
  CHECK_FALSE(scene.decided[1].cannot_run);
}

TEST_CASE("SideBySide: never more run than allowed", "[health][side_by_side]") {
  RowScene scene(7);
  scene.parallel = GENERATE(as<size_t>{}, 1, 2, 7);
  scene.run();
  CHECK(scene.runner.most_running == scene.parallel);
  CHECK(scene.decided.size() == 7);
}

TEST_CASE("SideBySide: what has begun is decided before another begins", "[health][side_by_side]") {
  RowScene scene(6);
  scene.parallel = 1;
  scene.takes = seconds(3);
  scene.ends["0"] = {exited(1), exited(0)};
  scene.run();
  // The pause of five seconds has room for two others.
  CHECK(scene.names_asked() == "0120345");
}

TEST_CASE("SideBySide: a pause takes no place from the others, and deadlines are each one's own",
          "[health][side_by_side]") {
  RowScene scene(3);
  scene.parallel = 1;
  scene.takes = seconds(4);
  scene.checks[2].deadline = seconds(10);
  scene.checks[2].retries = 100;
  scene.ends["2"] = {exited(1)};
  scene.run();
  CHECK(scene.timeouts.at(2) == seconds(10));
  CHECK(scene.timeouts.back() == seconds(1));
  CHECK(scene.decided[2].reason == "not healthy within 10s");
}

TEST_CASE("SideBySide: the wait for a turn is no part of a check's own time",
          "[health][side_by_side]") {
  RowScene scene(4);
  scene.parallel = 1;
  scene.takes = seconds(4);
  for (HealthCheck& check : scene.checks) {
    check.retries = 100;
    check.deadline = seconds(20);
  }
  for (const char* name : {"0", "1", "2", "3"})
    scene.ends[name] = {exited(1), exited(1), exited(0)};
  scene.run();
  for (const auto& [which, result] : scene.decided) {
    CAPTURE(which);
    CHECK(result.healthy());
    CHECK(result.elapsed == seconds(22));
  }
}

TEST_CASE("SideBySide: one that finds no room to start waits, and fewer run from then on",
          "[health][side_by_side]") {
  RowScene scene(5);
  scene.parallel = 3;
  for (HealthCheck& check : scene.checks) check.retries = 1;
  scene.ends["1"] = {no_room(GENERATE(EMFILE, ENFILE, EAGAIN, ENOMEM)), exited(0)};
  SECTION("asked until they are decided") {
    scene.run();
    CHECK(scene.decided.size() == 5);
    CHECK(scene.decided[1].healthy());
    CHECK(scene.decided[1].attempts == 1);
    CHECK(scene.names_asked() == "012314");
  }
  SECTION("asked once") {
    std::set<size_t> passed;
    ask_each_once(scene.row(), seconds(10), scene.clock, scene.runner,
                  [&](size_t which, const ProcessResult& result) {
                    if (result.succeeded()) passed.insert(which);
                  });
    CHECK(passed.size() == 5);
  }
}

TEST_CASE("SideBySide: where nothing finds room the check fails, which proves nothing",
          "[health][side_by_side]") {
  RowScene scene(1);
  scene.checks[0].retries = 2;
  scene.ends["0"] = {no_room(EMFILE)};
  CHECK(scene.run() == 0);
  CHECK(scene.decided[0].attempts == 2);
  CHECK(scene.decided[0].cannot_run);
  size_t answers = 0;
  ask_each_once(scene.row(), seconds(10), scene.clock, scene.runner,
                [&](size_t, const ProcessResult&) { ++answers; });
  CHECK(answers == 0);
}

TEST_CASE("SideBySide: only what the last attempt printed is kept", "[health][side_by_side]") {
  RowScene scene(2);
  scene.checks[0].retries = 2;
  scene.ends["0"] = {exited(1, "first\n"), exited(1, "second\n")};
  scene.run();
  CHECK(scene.decided[0].last.output.text() == "second\n");
}

TEST_CASE("SideBySide: asked once, those that have no turn in time are left out",
          "[health][side_by_side]") {
  RowScene scene(5);
  scene.parallel = 1;
  scene.takes = seconds(4);
  std::vector<size_t> answered;
  const int signal =
      ask_each_once(scene.row(), seconds(10), scene.clock, scene.runner,
                    [&](size_t which, const ProcessResult&) { answered.push_back(which); });
  CHECK(signal == 0);
  CHECK(answered == std::vector<size_t>{0, 1, 2});
  CHECK(scene.timeouts == std::vector<Duration>{seconds(10), seconds(6), seconds(2)});
}

TEST_CASE("SideBySide: asked once, one that the others left too little time is not called slow",
          "[health][side_by_side]") {
  RowScene scene(3);
  scene.parallel = 1;
  std::vector<size_t> answered;
  const auto ask = [&] {
    ask_each_once(scene.row(), seconds(10), scene.clock, scene.runner,
                  [&](size_t which, const ProcessResult&) { answered.push_back(which); });
  };
  SECTION("for they used it") {
    scene.takes = seconds(4);
    scene.ends["2"] = {timed_out(seconds(2))};
    ask();
    CHECK(answered == std::vector<size_t>{0, 1});
  }
  SECTION("one that hangs for all of it, or for its own timeout, is") {
    scene.checks[1].timeout = seconds(2);
    scene.takes = seconds(5);
    scene.ends["0"] = {timed_out(seconds(10))};
    scene.ends["1"] = {timed_out(seconds(2))};
    ask();
    CHECK(answered == std::vector<size_t>{0, 1});
  }
}

TEST_CASE("SideBySide: asked once, a stop signal ends it", "[health][side_by_side]") {
  RowScene scene(4);
  scene.ends["0"] = {stopped_by(2)};
  size_t answers = 0;
  CHECK(ask_each_once(scene.row(), seconds(10), scene.clock, scene.runner,
                      [&](size_t, const ProcessResult&) { ++answers; }) == 2);
  CHECK(answers <= 1);
}

TEST_CASE("SideBySide: no check is soon asked", "[health][side_by_side]") {
  RowScene scene(0);
  CHECK(scene.run() == 0);
  CHECK(ask_each_once(scene.row(), seconds(1), scene.clock, scene.runner, {}) == 0);
}
