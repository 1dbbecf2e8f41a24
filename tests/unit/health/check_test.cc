// SPDX-License-Identifier: Apache-2.0
#include "health/check.h"

#include <algorithm>

#include "support/catch.h"
#include "support/fake_clock.h"
#include "support/fake_process_runner.h"

using namespace backstep;
using namespace backstep::test;
using backstep::test::matchers::Contains;
using std::chrono::seconds;
using Durations = std::vector<Duration>;

namespace {

// A check whose attempts take a second of the fake clock and end as listed; the last one goes on.
struct CheckScene {
  HealthCheck check;
  FakeClock clock;
  FakeProcessRunner runner;
  std::vector<ProcessResult> results;
  Duration takes = seconds(1);
  Durations timeouts;
  std::vector<HealthAttempt> told;

  CheckScene() {
    check.start_period = Duration(0);
    check.min_healthy_time = Duration(0);
    runner.answer = [this](const ProcessSpec& spec) {
      timeouts.push_back(spec.timeout);
      clock.advance(std::min(takes, spec.timeout));
      return results.at(std::min(timeouts.size(), results.size()) - 1);
    };
  }

  HealthResult run() {
    HealthResult result;
    run_checks({.checks = {&check}, .spec = [](size_t) { return ProcessSpec{}; }}, clock, runner,
               {.attempted = [&](size_t, const HealthAttempt& attempt) { told.push_back(attempt); },
                .ended = [&](size_t, const HealthResult& ended) { result = ended; }});
    return result;
  }
};

// The command of an attempt under a spec, and what its end means.
ProcessResult attempt_check(const HealthCheck& check, ProcessRunner& runner, const ProcessSpec& spec) {
  return end_of_attempt(check, runner.run(spec_of_attempt(check, Shell::kSh, spec)));
}

using Verdict = HealthResult::Verdict;

}  // namespace

TEST_CASE("HealthCheck: failures in a row end it, an interval apart", "[health][check]") {
  CheckScene scene;
  scene.results = {exited(7)};
  const HealthResult result = scene.run();
  CHECK(result.verdict == Verdict::kUnhealthy);
  CHECK(result.reason == "3 failures in a row");
  CHECK(result.attempts == 3);
  CHECK(result.elapsed == seconds(13));
  CHECK(scene.clock.waits == Durations{seconds(5), seconds(5)});
  CHECK_FALSE(result.cannot_run);
}

TEST_CASE("HealthCheck: an attempt gets no more time than is left until the deadline", "[health][check]") {
  CheckScene scene;
  scene.check.retries = 100;
  scene.check.deadline = seconds(50);
  scene.takes = seconds(60);
  scene.results = {timed_out(seconds(30))};
  const HealthResult result = scene.run();
  CHECK(scene.timeouts == Durations{seconds(30), seconds(15)});
  CHECK(result.reason == "not healthy within 50s");
  CHECK(result.elapsed == seconds(50));
}

TEST_CASE("HealthCheck: a pause ends at the deadline, where one last attempt decides", "[health][check]") {
  CheckScene scene;
  scene.check.retries = 100;
  scene.check.deadline = seconds(8);
  scene.results = {exited(1)};
  const HealthResult result = scene.run();
  CHECK(scene.clock.waits == Durations{seconds(5), seconds(1)});
  CHECK(scene.timeouts.back() == Duration(1));
  CHECK(result.verdict == Verdict::kUnhealthy);
}

TEST_CASE("HealthCheck: a stop signal ends an attempt, which does not count", "[health][check]") {
  CheckScene scene;
  scene.results = {exited(1), stopped_by(15)};
  const HealthResult result = scene.run();
  CHECK(result.verdict == Verdict::kUndecided);
  CHECK(result.attempts == 1);
  CHECK(scene.told.size() == 1);
  CHECK(result.last.signal == 15);
}

TEST_CASE("HealthCheck: a stop signal ends the pause between two attempts", "[health][check]") {
  CheckScene scene;
  scene.clock.stop_in_wait = 2;
  scene.check.retries = 100;
  scene.results = {exited(1)};
  const HealthResult result = scene.run();
  CHECK(result.verdict == Verdict::kUndecided);
  CHECK(result.attempts == 2);
}

TEST_CASE("HealthCheck: a check that cannot run says so, a success never does", "[health][check]") {
  CheckScene scene;
  scene.check.retries = 1;
  scene.results = {exited(GENERATE(126, 127))};
  CHECK(scene.run().cannot_run);

  CheckScene came_later;
  came_later.results = {exited(127), exited(0)};
  const HealthResult result = came_later.run();
  CHECK(result.healthy());
  CHECK_FALSE(result.cannot_run);
}

TEST_CASE("HealthCheck: the first attempt is at once, and a pass ends it", "[health][check]") {
  CheckScene scene;
  scene.results = {exited(0)};
  const HealthResult result = scene.run();
  CHECK(result.healthy());
  CHECK(result.attempts == 1);
  CHECK(scene.clock.waits.empty());
  CHECK(scene.timeouts == Durations{seconds(30)});
}

TEST_CASE("HealthCheck: each attempt is told, with what does not count", "[health][check]") {
  CheckScene scene;
  scene.check.start_period = seconds(5);
  scene.results = {exited(1), exited(1), exited(0)};
  REQUIRE(scene.run().healthy());
  REQUIRE(scene.told.size() == 3);
  CHECK_FALSE(scene.told[0].counted);
  CHECK(scene.told[1].counted);
  CHECK(scene.told[1].described == "exited with 1");
  CHECK(scene.told[2].passed);
  CHECK(scene.told[2].number == 3);
}

TEST_CASE("HealthCheck: it must keep passing, asked again at the end of that time", "[health][check]") {
  CheckScene scene;
  scene.check.min_healthy_time = seconds(7);
  scene.results = {exited(0)};
  const HealthResult result = scene.run();
  CHECK(result.healthy());
  CHECK(scene.clock.waits == Durations{seconds(5), seconds(1)});
  CHECK(result.proof.words() == "passed 3 times over 7 s");
  CHECK(scene.told[0].must_hold == seconds(7));
  CHECK(scene.told[1].must_hold == Duration(0));
}

TEST_CASE("HealthCheck: a success that comes too late to hold is no success", "[health][check]") {
  CheckScene scene;
  scene.check.min_healthy_time = seconds(5);
  scene.check.deadline = seconds(10);
  scene.results = {exited(1), exited(0)};
  const HealthResult result = scene.run();
  CHECK(result.verdict == Verdict::kUnhealthy);
  CHECK(result.described() == "passed too late (not healthy for 5s within 10s, 2 attempts)");
  CHECK_FALSE(result.cannot_run);
}

TEST_CASE("HealthCheck: the probe's own sentence stands for its exit code", "[health][check]") {
  HealthCheck check;
  check.ask.url = "http://a/";
  FakeProcessRunner runner;
  ProcessResult timeout = timed_out(Duration(7));
  timeout.output.add("timed out while waiting for an answer from http://a/\n");
  runner.results = {exited(23, "http://a/ answered 503 Service Unavailable\n"), timeout, timed_out(Duration(7)),
                    stopped_by(15), exited(0, "http://a/ answered 200 OK\n")};
  const auto described = [&] { return attempt_check(check, runner, {}).described(); };
  CHECK(described() == "http://a/ answered 503 Service Unavailable");
  CHECK(described() == "timed out while waiting for an answer from http://a/");
  CHECK(described() == "timed out after 7ms");
  CHECK(described() == stopped_by(15).described());
  CHECK(described() == "http://a/ answered 200 OK");
}

TEST_CASE("HealthCheck: a URL that cannot be asked is a check that cannot run", "[health][check]") {
  HealthCheck check;
  check.ask.url = "http://$BACKSTEP_HOST_GATEWAY/";
  FakeProcessRunner runner;
  runner.results = {exited(2, "'http://a b/' is no URL\n"), exited(23, "x\n")};
  const ProcessResult refused = attempt_check(check, runner, {});
  CHECK(refused.cannot_run());
  CHECK(refused.described() == "'http://a b/' is no URL");
  CHECK_FALSE(attempt_check(check, runner, {}).cannot_run());
}

TEST_CASE("HealthCheck: a URL is asked by this binary, and said once", "[health][check]") {
  HealthCheck check;
  Output output(-1);
  ProcessSpec spec;
  spec.live = &output;
  FakeProcessRunner runner;
  check.test = {"true", {}};
  attempt_check(check, runner, spec);
  check.test = {};
  check.ask.url = "http://a/?token=x";
  check.ask.status = {"204", "300-302"};
  check.ask.body = "v1";
  attempt_check(check, runner, spec);
  CHECK(runner.specs[0].argv == std::vector<std::string>{"/bin/sh", "-ec", "true"});
  CHECK(runner.specs[0].live == &output);
  // Everybody on the machine may see a process's arguments, and only its user the variables.
  CHECK(runner.specs[1].argv == std::vector<std::string>{"/proc/self/exe", "probe", "--timeout", "0"});
  CHECK(runner.specs[1].environment ==
        std::vector<std::string>{"BACKSTEP_PROBE_URL=http://a/?token=x", "health_check.status=204\n300-302",
                                 "health_check.body=v1",
                                 "health_check.headers=", "health_check.cacert=", "health_check.insecure=false"});
  CHECK(runner.specs[1].live == nullptr);
  for (const ProcessSpec& ran : runner.specs) CHECK(ran.leftovers == Leftovers::kSweep);
}

TEST_CASE("HealthCheck: what its settings mean together is told in a sentence", "[health][check]") {
  Config settings;
  settings.health.ask.url = "http://localhost/";
  CHECK(patience_words(settings) == "for about 40 s until the health check gives up, 1 m 40 s if each attempt hangs");
  settings.health.start_period = Duration(0);
  settings.health.deadline = seconds(9);
  CHECK(patience_words(settings) == "for about 9.0 s until the health check gives up, 9.0 s if each attempt hangs");
  ServiceCheck& slow = settings.service_checks.own["a"];
  slow.health.ask.url = "http://localhost/a";
  slow.health.retries = 10;
  CHECK(patience_words(settings).starts_with("for about 1 m 15 s until"));
}

TEST_CASE("HealthCheck: the sentence is true of a check that is run", "[health][check]") {
  const auto [start, interval, retries, takes] = GENERATE(table<int, int, int, int>(
      {{30, 5, 3, 0}, {30, 7, 3, 0}, {0, 5, 1, 0}, {30, 5, 3, 30}, {31, 5, 3, 30}, {30, 50, 20, 0}}));
  CheckScene scene;
  scene.check.ask.url = "http://localhost/";
  scene.check.start_period = seconds(start);
  scene.check.interval = seconds(interval);
  scene.check.retries = retries;
  scene.takes = seconds(takes);
  scene.results = {takes == 0 ? exited(1) : timed_out(seconds(30))};
  Config settings;
  settings.health = scene.check;
  const std::string told = spoken_duration(scene.run().elapsed);
  const bool at_once = takes == 0 && retries == 1;
  const std::string failing = at_once ? "until the first attempt of its check fails" : "for about " + told + " until";
  CHECK_THAT(patience_words(settings), Contains(takes == 0 ? failing : ", " + told + " if"));
}

TEST_CASE("HealthCheck: each second it is told what is waited for", "[health][check]") {
  CheckScene scene;
  scene.check.retries = 2;
  scene.takes = Duration(0);
  scene.results = {exited(1), exited(0), exited(1), exited(1)};
  scene.check.min_healthy_time = seconds(20);
  std::vector<std::string> waits;
  run_checks({.checks = {&scene.check}, .spec = [](size_t) { return ProcessSpec{}; }}, scene.clock, scene.runner,
             {.attempted = [](size_t, const HealthAttempt&) {},
              .ended = [](size_t, const HealthResult&) {},
              .waits = [&](const std::string& what) { waits.push_back(what); }});
  REQUIRE(waits.size() > 12);
  CHECK(waits[0] == "attempt 1, gives up in 0:05");
  CHECK(waits[1] == "attempt 2 in 5 s, gives up in 0:05");
  CHECK(waits[4] == "attempt 2 in 2 s, gives up in 0:02");
  CHECK(std::ranges::count(waits, "attempt 3 in 4 s, must keep passing for 0:19") == 1);
  CHECK(std::ranges::count(waits, "attempt 4 in 3 s, gives up in 0:03") == 1);
}
