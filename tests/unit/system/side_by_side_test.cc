// SPDX-License-Identifier: Apache-2.0
#include <signal.h>

#include <map>

#include "support/catch.h"
#include "support/process_bench.h"
#include "support/temp_dir.h"
#include "system/process/process.h"

using backstep::Duration;
using backstep::Excerpt;
using backstep::ProcessResult;
using backstep::ProcessSpec;
using backstep::SideBySide;
using backstep::test::eventually;
using backstep::test::ProcessBench;
using backstep::test::TempDir;
using End = backstep::ProcessResult::End;

namespace {

struct RowBench : ProcessBench {
  std::unique_ptr<SideBySide> row = runner.side_by_side();
  TempDir temp;

  void start(size_t key, const std::string& script, Duration timeout = Duration(0), Duration grace = Duration(300)) {
    ProcessSpec spec = shell(script);
    spec.directory = temp.path();
    spec.timeout = timeout;
    spec.grace = grace;
    row->start(key, std::move(spec));
  }
  std::map<size_t, ProcessResult> all() {
    std::map<size_t, ProcessResult> results;
    while (row->running() > 0) {
      for (SideBySide::Ended& ended : row->wait(Duration(60'000))) {
        results[ended.key] = std::move(ended.result);
      }
    }
    return results;
  }
};

Duration passed_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - start);
}

}  // namespace

TEST_CASE("SideBySide: one that runs out of time leaves no process behind, the others none the less",
          "[system][side_by_side]") {
  RowBench bench;
  bench.start(0, "trap '' TERM; setsid sleep 60 & sleep 60; sleep 60", Duration(200));
  bench.start(1, "yes", Duration(300));
  bench.start(2, "kill -STOP $PPID; sleep 60", Duration(200));
  bench.start(3, "exit 7");
  const auto results = bench.all();
  CHECK(bench.tree.gone());
  for (const size_t key : {0U, 1U, 2U}) CHECK(results.at(key).end == End::kTimedOut);
  CHECK(results.at(1).output.text().size() < Excerpt::kHead + Excerpt::kTail + 1000);
  CHECK(results.at(3).code == 7);
}

TEST_CASE("SideBySide: what cannot be started ends at once, beside the others", "[system][side_by_side]") {
  RowBench bench;
  ProcessSpec missing;
  missing.argv = {"no-such-program-of-backstep"};
  bench.row->start(5, missing);
  bench.start(6, "true");
  const auto results = bench.all();
  CHECK(results.at(5).end == End::kNotStarted);
  CHECK(results.at(6).succeeded());
}

TEST_CASE("SideBySide: a stop signal ends all of them in time, and none is started any more",
          "[system][side_by_side]") {
  RowBench bench;
  for (size_t key = 0; key < 10; ++key) {
    bench.start(key, "trap '' TERM; : >ran" + std::to_string(key) + "; while :; do sleep 60; done", Duration(0),
                Duration(60'000));
  }
  for (size_t key = 0; key < 10; ++key) {
    REQUIRE(eventually([&] { return bench.temp.has("ran" + std::to_string(key)); }));
  }
  const auto start = std::chrono::steady_clock::now();
  raise(SIGTERM);
  bench.start(10, "true");
  const auto results = bench.all();
  CHECK(passed_since(start) < Duration(15'000));  // one after the other: 20 s and more
  CHECK(results.size() == 11);
  for (const auto& [key, result] : results) {
    CHECK(result.end == End::kStopped);
    CHECK(result.signal == SIGTERM);
  }
  CHECK(bench.tree.gone());
}

TEST_CASE("SideBySide: those that are abandoned end", "[system][side_by_side]") {
  RowBench bench;
  for (size_t key = 0; key < 3; ++key) bench.start(key, "exec sleep 60");
  bench.row.reset();
  CHECK(bench.tree.gone());
}

TEST_CASE("SideBySide: they run at the same time", "[system][side_by_side]") {
  RowBench bench;
  const std::string all = "[ -e a ] && [ -e b ] && [ -e c ]";
  size_t key = 0;
  for (const std::string name : {"a", "b", "c"}) {
    bench.start(key++, ": >" + name + "; until " + all + "; do :; done", Duration(20'000));
  }
  CHECK(bench.row->running() == 3);
  for (const auto& [_, result] : bench.all()) CHECK(result.succeeded());
  CHECK(bench.row->running() == 0);
}

TEST_CASE("SideBySide: one that looks cancelled, or whose pipe a daemon holds, delays no other",
          "[system][side_by_side]") {
  const std::string script = GENERATE("exit 143", "setsid sleep 60 & exit 7");
  CAPTURE(script);
  const auto time_of_twenty = [](const std::string& each) {
    RowBench bench;
    const auto start = std::chrono::steady_clock::now();
    for (size_t key = 0; key < 20; ++key) bench.start(key, each);
    bench.all();
    return passed_since(start);
  };
  // One after the other would take two seconds more. A busy machine may lose as much, not each
  // time.
  REQUIRE(eventually([&] { return time_of_twenty(script) < time_of_twenty("exit 7") + Duration(1'500); }));
}

TEST_CASE("SideBySide: each one's output is its own", "[system][side_by_side]") {
  RowBench bench;
  for (size_t key = 0; key < 5; ++key) bench.start(key, "echo of " + std::to_string(key));
  for (const auto& [key, result] : bench.all()) {
    CHECK(result.output.text() == "of " + std::to_string(key) + "\n");
  }
}

TEST_CASE("SideBySide: waiting ends with its limit", "[system][side_by_side]") {
  RowBench bench;
  bench.start(0, "exec sleep 60");
  CHECK(bench.row->wait(Duration(10)).empty());
  CHECK(bench.row->running() == 1);
}
