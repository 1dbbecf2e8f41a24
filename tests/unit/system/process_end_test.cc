// SPDX-License-Identifier: Apache-2.0
#include "system/process/process.h"

#include <fcntl.h>
#include <sys/ioctl.h>

#include <ctime>

#include "base/text.h"
#include "support/catch.h"
#include "support/process_bench.h"
#include "support/temp_dir.h"

using backstep::Duration;
using backstep::Leftovers;
using backstep::ProcessResult;
using backstep::ProcessSpec;
using backstep::UniqueFd;
using backstep::test::eventually;
using backstep::test::MarkedTree;
using backstep::test::ProcessBench;
using backstep::test::run_given_time;
using backstep::test::TempDir;
using backstep::test::matchers::StartsWith;
using End = backstep::ProcessResult::End;

namespace {

std::string trimmed_output(const ProcessResult& result) { return std::string(backstep::trimmed(result.output.text())); }

struct Shape {
  std::string name;
  std::string script;
};

}  // namespace

TEST_CASE("Process: a command that runs out of time leaves no process behind", "[system][process]") {
  const auto shape = GENERATE(values<Shape>({
      {"plain", "sleep 60"},
      {"followed by another", "sleep 60; true"},
      {"background and wait", "sleep 60 & sleep 60 & wait"},
      {"ignores TERM", "trap '' TERM; sleep 60; sleep 60"},
      {"starts something new at TERM", "trap 'setsid sleep 60 &' TERM; while :; do sleep 60 || true; done"},
      {"stops itself", "kill -STOP $$; sleep 60"},
      {"stops its keeper", "kill -STOP $PPID; sleep 60"},
      {"floods", "yes"},
      {"closes its output", "exec >&- 2>&-; sleep 60"},
      {"a session of its own holds the pipe", "setsid sleep 60 & sleep 60"},
      {"forks twice", "(setsid sh -c '(setsid sleep 60 &); exit 0' &); sleep 60"},
      {"a hundred sessions", "i=0; while [ $i -lt 100 ]; do setsid sleep 60 & i=$((i+1)); done; wait"},
      {"a new session and process at each hop", "export HOP='setsid sh -c \"$HOP\" &'; eval \"$HOP\"; sleep 60"},
  }));
  CAPTURE(shape.name);
  ProcessBench bench;
  ProcessSpec spec = bench.shell(shape.script);
  spec.timeout = Duration(300);
  spec.grace = Duration(300);
  const ProcessResult result = bench.runner.run(spec);
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kTimedOut);
  CHECK(result.described() == "timed out after 300ms");
  CHECK(result.survivors.empty());
  CHECK(result.elapsed >= Duration(300));
  CHECK(result.elapsed < spec.timeout + spec.grace + Duration(10'000));
}

TEST_CASE("Process: what a command answers to our request to end is kept", "[system][process]") {
  ProcessBench bench;
  ProcessSpec spec = bench.shell("trap 'exit 75' TERM; sleep 60 & wait");
  const ProcessResult answered = run_given_time(bench, spec, [](auto& it) { return it.code == 75; });
  CHECK(answered.end == End::kTimedOut);
  CHECK(answered.code == 75);
  spec = bench.shell("exec sleep 60");
  spec.timeout = Duration(50);
  CHECK(bench.runner.run(spec).code == 0);
}

TEST_CASE("Process: the grace ends as soon as the tree has", "[system][process]") {
  ProcessBench bench;
  ProcessSpec spec = bench.shell("setsid sleep 60 & sleep 60");
  spec.timeout = Duration(100);
  spec.grace = Duration(30'000);
  const ProcessResult result = bench.runner.run(spec);
  REQUIRE(result.end == End::kTimedOut);
  REQUIRE(result.elapsed < Duration(10'000));
  REQUIRE(bench.tree.gone());
}

TEST_CASE("Process: what ends at the TERM of its own timeout is not taken for a cancel", "[system][process]") {
  ProcessBench bench;
  ProcessSpec spec = bench.shell("exec sleep 60");
  spec.timeout = Duration(50);
  // A cancel is waited for 100 ms; a busy machine may be as slow, but not each time.
  REQUIRE(eventually([&] { return bench.runner.run(spec).elapsed < Duration(140); }));
}

TEST_CASE("Process: a command may end in good order at TERM, even a stopped one", "[system][process]") {
  const std::string before = GENERATE("", "kill -STOP $$; ");
  ProcessBench bench;
  ProcessSpec spec = bench.shell("trap 'echo goodbye; exit 0' TERM; " + before + "while :; do sleep 60 || true; done");
  spec.grace = Duration(60'000);
  const ProcessResult result =
      run_given_time(bench, spec, [](auto& it) { return it.output.text().find("goodbye\n") != std::string::npos; });
  REQUIRE(result.end == End::kTimedOut);
  REQUIRE_FALSE(result.succeeded());
  REQUIRE(result.elapsed < Duration(50'000));
  REQUIRE(result.output.text().find("goodbye\n") != std::string::npos);
}

TEST_CASE("Process: the grace is for the whole tree, not for the command only", "[system][process]") {
  const TempDir dir;
  dir.write("child",
            "trap 'sleep 0.2; touch cleaned; exit 0' TERM\n"
            "touch ready; while :; do sleep 60 || true; done\n");
  ProcessBench bench;
  ProcessSpec spec = bench.shell(
      "setsid sh ./child & until [ -e ready ]; do sleep 0.01; done;"
      "kill -STOP $$");
  spec.directory = dir.path();
  const auto cleaned = [&](auto&) { return dir.has("cleaned"); };
  REQUIRE(run_given_time(bench, spec, cleaned).end == End::kTimedOut);
  REQUIRE(dir.has("cleaned"));
}

TEST_CASE("Process: a daemon that holds the pipe does not hold us, and lives on", "[system][process]") {
  const std::string daemon = GENERATE("setsid sleep 60", "setsid yes");
  ProcessBench bench;
  const ProcessResult result = bench.run(daemon + " & exit 0");
  CHECK(result.succeeded());
  CHECK(result.elapsed < Duration(10'000));
  CHECK(bench.tree.alive().size() == 1);
}

TEST_CASE("Process: whoever is left with the pipe as its output is named, and read on for", "[system][process]") {
  ProcessBench bench;
  const std::string stream = GENERATE(">/dev/null", "2>/dev/null");
  const ProcessResult result = bench.run("setsid sleep 60 " + stream + " & echo $!");
  const std::string pid = trimmed_output(result);
  CHECK_THAT(result.writers, StartsWith(pid + " ("));
  CHECK(result.drain_error == 0);
  // A second writer on the same pipe sees whether anybody reads.
  const std::string output = "/proc/" + pid + "/fd/" + (stream.front() == '2' ? "1" : "2");
  const UniqueFd writer(open(output.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  REQUIRE(writer);
  CHECK(write(writer.get(), "x", 1) == 1);
  CHECK(eventually([&] {
    int unread = 1;
    return ioctl(writer.get(), FIONREAD, &unread) == 0 && unread == 0;
  }));
}

TEST_CASE("Process: nobody is named who has ended, writes elsewhere, or was swept", "[system][process]") {
  ProcessBench bench;
  CHECK(bench.run("sleep 60 >/dev/null 2>&1 & exit 0").writers.empty());
  // What is left of the output is read for 200 ms; a busy machine may need more for this.
  CHECK(eventually([&] { return bench.run("sleep 0.01 & exit 0").writers.empty(); }));
  ProcessSpec spec = bench.shell("sleep 60 & exit 0");
  spec.leftovers = Leftovers::kSweep;
  CHECK(bench.runner.run(spec).writers.empty());
  spec = bench.shell("sleep 60 & sleep 60");
  spec.timeout = Duration(50);
  spec.grace = Duration(50);
  CHECK(bench.runner.run(spec).writers.empty());
}

TEST_CASE("Process: what a check leaves running is swept", "[system][process]") {
  ProcessBench bench;
  ProcessSpec spec = bench.shell("setsid sleep 60 & sleep 60 & exit 3");
  spec.leftovers = Leftovers::kSweep;
  const ProcessResult result = bench.runner.run(spec);
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kExited);
  CHECK(result.code == 3);
  CHECK(result.elapsed < Duration(10'000));
}

TEST_CASE("Process: a daemon of an earlier command survives the end of a later one", "[system][process]") {
  ProcessBench earlier;
  REQUIRE(earlier.run("setsid sleep 60 >/dev/null 2>&1 & exit 0").succeeded());
  MarkedTree tree;
  ProcessSpec later = earlier.shell("setsid sleep 60 & sleep 60");
  later.environment = {tree.mark()};
  later.timeout = Duration(100);
  later.grace = Duration(100);
  later.leftovers = Leftovers::kSweep;
  REQUIRE(earlier.runner.run(later).end == End::kTimedOut);
  REQUIRE(tree.gone());
  REQUIRE(earlier.tree.alive().size() == 1);
}

TEST_CASE("Process: a stop signal ends the command within its short grace", "[system][process]") {
  ProcessBench bench;
  ProcessSpec spec = bench.shell("trap '' TERM; kill -TERM $RUNNER; setsid sleep 60 & sleep 60");
  spec.grace = Duration(30'000);
  spec.timeout = Duration(500);  // passes within the grace, and must not make us spin then
  const std::clock_t before = std::clock();
  const ProcessResult result = bench.runner.run(spec);
  CHECK(std::clock() - before < CLOCKS_PER_SEC / 2);
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kStopped);
  CHECK(result.signal == SIGTERM);
  CHECK(result.elapsed < Duration(10'000));
}

TEST_CASE("Process: a stop signal shortens the grace of one that has run out of time", "[system][process]") {
  ProcessBench bench;
  ProcessSpec spec = bench.shell("trap 'kill -INT $RUNNER' TERM; while :; do sleep 60 || true; done");
  spec.grace = Duration(60'000);
  const ProcessResult result = run_given_time(bench, spec, [](auto& it) { return it.end == End::kStopped; });
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kStopped);
  CHECK(result.elapsed < Duration(50'000));
}

TEST_CASE("Process: a cancel that kills the command first is a stop all the same", "[system][process]") {
  const std::string script = GENERATE("kill -TERM $RUNNER; exit 0", "kill -TERM $RUNNER $$",
                                      "(sleep 0.03; kill -TERM $RUNNER) >/dev/null 2>&1 & kill -TERM $$",
                                      "(sleep 0.03; kill -INT $RUNNER) >/dev/null 2>&1 & exit 130");
  CAPTURE(script);
  ProcessBench bench;
  REQUIRE(run_given_time(bench, bench.shell(script), [](auto& it) { return it.end == End::kStopped; }).end ==
          End::kStopped);
}

TEST_CASE("Process: after a stop signal no further command is started", "[system][process]") {
  const TempDir dir;
  ProcessBench bench;
  raise(SIGINT);
  const ProcessResult result = bench.run("touch " + dir / "started");
  REQUIRE(result.end == End::kStopped);
  REQUIRE(result.signal == SIGINT);
  REQUIRE_FALSE(dir.has("started"));
}

TEST_CASE("Process: whoever kills the keeper kills the command", "[system][process]") {
  ProcessBench bench;
  const ProcessResult result = bench.run("kill -KILL $PPID; exec sleep 60");
  REQUIRE(result.end == End::kSignaled);
  REQUIRE(result.signal == SIGKILL);
  REQUIRE(result.keeper_lost);
  REQUIRE(eventually([&] { return bench.tree.gone(); }));
}
