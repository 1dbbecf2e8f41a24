// SPDX-License-Identifier: Apache-2.0
#include "health/check.h"

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
struct ChecksScene {
  std::vector<HealthCheck> checks;
  size_t parallel = 2;
  FakeClock clock;
  FakeProcessRunner runner;
  Duration takes{0};
  std::map<std::string, std::vector<ProcessResult>> ends;
  std::vector<std::string> asked;
  std::vector<Duration> timeouts;
  std::map<size_t, HealthResult> decided;
  std::vector<size_t> order;  // in which they were decided
  std::vector<size_t> undecided;
  std::vector<HealthAttempt> attempts;

  explicit ChecksScene(size_t count) {
    for (size_t i = 0; i < count; ++i) {
      HealthCheck check;
      check.test.list = {std::to_string(i)};
      check.start_period = Duration(0);
      check.min_healthy_time = Duration(0);
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

  int run(std::optional<Duration> limit = {}) {
    ChecksToRun to_run;
    for (const HealthCheck& check : checks) to_run.checks.push_back(&check);
    to_run.parallel = parallel;
    to_run.spec = [](size_t) { return ProcessSpec{}; };
    to_run.limit = limit;
    return run_checks(to_run, clock, runner,
                      {.attempted = [this](size_t, const HealthAttempt& told) { attempts.push_back(told); },
                       .ended =
                           [this](size_t which, const HealthResult& result) {
                             if (result.verdict == HealthResult::Verdict::kUndecided) {
                               undecided.push_back(which);
                             } else {
                               decided[which] = result;
                               order.push_back(which);
                             }
                           }});
  }
  // Each check has one attempt, all of them together ten seconds.
  int run_once() {
    for (HealthCheck& check : checks) check = with_one_attempt(check);
    return run(seconds(10));
  }
  std::string names_asked() const {
    std::string names;
    for (const std::string& name : asked) names += name;
    return names;
  }
};

}  // namespace

TEST_CASE("HealthChecks: each check fails by its own attempts", "[health][checks]") {
  ChecksScene scene(3);
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

TEST_CASE("HealthChecks: a stop signal ends all, and says nothing of those undecided", "[health][checks]") {
  ChecksScene scene(5);
  scene.ends["1"] = {stopped_by(15)};
  CHECK(scene.run() == 15);
  CHECK(scene.decided.size() == 1);
  CHECK(scene.undecided.size() == 4);
  CHECK(scene.runner.specs.size() <= 3);
}

TEST_CASE("HealthChecks: a stop signal in a pause that all of them make ends it", "[health][checks]") {
  ChecksScene scene(2);
  scene.ends["0"] = {exited(1)};
  scene.ends["1"] = {exited(1)};
  scene.clock.stop_in_wait = 1;
  CHECK(scene.run() != 0);
  CHECK(scene.decided.empty());
}

TEST_CASE("HealthChecks: a check that cannot run says so", "[health][checks]") {
  ChecksScene scene(2);
  scene.checks[0].retries = 1;
  scene.ends["0"] = {exited(127)};
  scene.run();
  CHECK(scene.decided[0].cannot_run);
  CHECK_FALSE(scene.decided[1].cannot_run);
}

TEST_CASE("HealthChecks: never more run than allowed", "[health][checks]") {
  ChecksScene scene(7);
  scene.parallel = GENERATE(as<size_t>{}, 1, 2, 7);
  scene.run();
  CHECK(scene.runner.most_running == scene.parallel);
  CHECK(scene.decided.size() == 7);
}

TEST_CASE("HealthChecks: what has begun is decided before another begins", "[health][checks]") {
  ChecksScene scene(6);
  scene.parallel = 1;
  scene.takes = seconds(3);
  scene.ends["0"] = {exited(1), exited(0)};
  scene.run();
  // The pause of five seconds has room for two others.
  CHECK(scene.names_asked() == "0120345");
}

TEST_CASE("HealthChecks: a pause takes no place from the others, and deadlines are each one's own",
          "[health][checks]") {
  ChecksScene scene(3);
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

TEST_CASE("HealthChecks: the wait for a turn is no part of a check's own time", "[health][checks]") {
  ChecksScene scene(4);
  scene.parallel = 1;
  scene.takes = seconds(4);
  for (HealthCheck& check : scene.checks) {
    check.retries = 100;
    check.deadline = seconds(20);
  }
  for (const char* name : {"0", "1", "2", "3"}) scene.ends[name] = {exited(1), exited(1), exited(0)};
  scene.run();
  for (const auto& [which, result] : scene.decided) {
    CAPTURE(which);
    CHECK(result.healthy());
    CHECK(result.elapsed == seconds(22));
  }
}

TEST_CASE("HealthChecks: one that finds no room to start waits, and fewer run from then on", "[health][checks]") {
  ChecksScene scene(5);
  scene.parallel = 3;
  scene.ends["1"] = {no_room(GENERATE(EMFILE, ENFILE, EAGAIN, ENOMEM)), exited(0)};
  scene.run_once();
  CHECK(scene.decided.size() == 5);
  CHECK(scene.decided[1].healthy());
  CHECK(scene.decided[1].attempts == 1);
  CHECK(scene.names_asked() == "012314");
}

TEST_CASE("HealthChecks: where nothing finds room the check fails, which proves nothing", "[health][checks]") {
  ChecksScene scene(1);
  scene.checks[0].retries = 2;
  scene.ends["0"] = {no_room(EMFILE)};
  CHECK(scene.run() == 0);
  CHECK(scene.decided[0].attempts == 2);
  CHECK(scene.decided[0].cannot_run);
}

TEST_CASE("HealthChecks: only what the last attempt printed is kept", "[health][checks]") {
  ChecksScene scene(2);
  scene.checks[0].retries = 2;
  scene.ends["0"] = {exited(1, "first\n"), exited(1, "second\n")};
  scene.run();
  CHECK(scene.decided[0].last.output.text() == "second\n");
}

TEST_CASE("HealthChecks: those that have no turn within the limit stay undecided", "[health][checks]") {
  ChecksScene scene(5);
  scene.parallel = 1;
  scene.takes = seconds(4);
  CHECK(scene.run_once() == 0);
  CHECK(scene.order == std::vector<size_t>{0, 1, 2});
  CHECK(scene.undecided == std::vector<size_t>{3, 4});
  CHECK(scene.timeouts == std::vector<Duration>{seconds(10), seconds(6), seconds(2)});
}

TEST_CASE("HealthChecks: one that the others left too little of the limit is not called slow", "[health][checks]") {
  ChecksScene scene(3);
  scene.parallel = 1;
  SECTION("for they used it") {
    scene.takes = seconds(4);
    scene.ends["2"] = {timed_out(seconds(2))};
    scene.run_once();
    CHECK(scene.order == std::vector<size_t>{0, 1});
  }
  SECTION("one that hangs for all of it, or for its own timeout, is") {
    scene.checks[1].timeout = seconds(2);
    scene.takes = seconds(5);
    scene.ends["0"] = {timed_out(seconds(10))};
    scene.ends["1"] = {timed_out(seconds(2))};
    scene.run_once();
    CHECK(scene.order == std::vector<size_t>{0, 1});
    CHECK(scene.undecided == std::vector<size_t>{2});
  }
}

TEST_CASE("HealthChecks: with one attempt each, nothing else of a check makes it wait or pass", "[health][checks]") {
  ChecksScene scene(2);
  for (HealthCheck& check : scene.checks) {
    check.start_period = seconds(60);
    check.min_healthy_time = seconds(60);
    check.deadline = seconds(3);
  }
  scene.ends["0"] = {exited(1)};
  scene.run_once();
  CHECK_FALSE(scene.decided.at(0).healthy());
  CHECK(scene.decided.at(1).healthy());
  CHECK(scene.names_asked() == "01");
  CHECK(scene.timeouts == std::vector<Duration>{seconds(10), seconds(10)});
}

TEST_CASE("HealthChecks: no check has soon ended", "[health][checks]") {
  ChecksScene scene(0);
  CHECK(scene.run() == 0);
}
