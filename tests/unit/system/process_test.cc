// SPDX-License-Identifier: Apache-2.0
#include "system/process.h"

#include <fcntl.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <ctime>

#include "support/processes.h"
#include "support/temp_dir.h"

using backstep::Duration;
using backstep::Excerpt;
using backstep::KeptProcessRunner;
using backstep::Leftovers;
using backstep::ProcessResult;
using backstep::ProcessSpec;
using backstep::SignalWatch;
using backstep::test::eventually;
using backstep::test::MarkedTree;
using backstep::test::TempDir;
using End = backstep::ProcessResult::End;

namespace {

struct Shape {
  std::string name;
  std::string script;
};

struct Bench {
  SignalWatch signals;
  KeptProcessRunner runner{signals};
  MarkedTree tree;

  ProcessSpec shell(const std::string& script) const {
    ProcessSpec spec;
    spec.argv = backstep::shell_command(script);
    spec.environment = {tree.mark(), "RUNNER=" + std::to_string(getpid())};
    return spec;
  }
  ProcessResult run(const std::string& script) { return runner.run(shell(script)); }
};

}  // namespace

TEST_CASE("Process: a command that runs out of time leaves no process behind",
          "[system][process]") {
  const auto shape = GENERATE(values<Shape>({
      {"plain", "sleep 60"},
      {"followed by another", "sleep 60; true"},
      {"background and wait", "sleep 60 & sleep 60 & wait"},
      {"ignores TERM", "trap '' TERM; sleep 60; sleep 60"},
      {"starts something new at TERM",
       "trap 'setsid sleep 60 &' TERM; while :; do sleep 60 || true; done"},
      {"stops itself", "kill -STOP $$; sleep 60"},
      {"stops its keeper", "kill -STOP $PPID; sleep 60"},
      {"floods", "yes"},
      {"closes its output", "exec >&- 2>&-; sleep 60"},
      {"a session of its own holds the pipe", "setsid sleep 60 & sleep 60"},
      {"forks twice", "(setsid sh -c '(setsid sleep 60 &); exit 0' &); sleep 60"},
      {"a hundred sessions",
       "i=0; while [ $i -lt 100 ]; do setsid sleep 60 & i=$((i+1)); done; wait"},
      {"a new session and process at each hop",
       "export HOP='setsid sh -c \"$HOP\" &'; eval \"$HOP\"; sleep 60"},
  }));
  CAPTURE(shape.name);
  Bench bench;
  ProcessSpec spec = bench.shell(shape.script);
  spec.timeout = Duration(300);
  spec.grace = Duration(300);
  const ProcessResult result = bench.runner.run(spec);
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kTimedOut);
  CHECK(result.described() == "timed out after 300ms");
  CHECK(result.survivors.empty());
  CHECK(result.elapsed >= Duration(300));
  CHECK(result.elapsed < spec.timeout + spec.grace + Duration(1'000));
}

TEST_CASE("Process: the grace ends as soon as the tree has", "[system][process]") {
  Bench bench;
  ProcessSpec spec = bench.shell("setsid sleep 60 & sleep 60");
  spec.timeout = Duration(100);
  spec.grace = Duration(30'000);
  const ProcessResult result = bench.runner.run(spec);
  REQUIRE(result.end == End::kTimedOut);
  REQUIRE(result.elapsed < Duration(10'000));
  REQUIRE(bench.tree.gone());
}

TEST_CASE("Process: a command may end in good order at TERM, even a stopped one",
          "[system][process]") {
  const std::string before = GENERATE("", "kill -STOP $$; ");
  Bench bench;
  ProcessSpec spec = bench.shell("trap 'echo goodbye; exit 0' TERM; " + before +
                                 "while :; do sleep 60 || true; done");
  spec.timeout = Duration(200);
  spec.grace = Duration(30'000);
  const ProcessResult result = bench.runner.run(spec);
  REQUIRE(result.end == End::kTimedOut);
  REQUIRE_FALSE(result.succeeded());
  REQUIRE(result.elapsed < Duration(10'000));
  REQUIRE(result.output.text().find("goodbye\n") != std::string::npos);
}

TEST_CASE("Process: the grace is for the whole tree, not for the command only",
          "[system][process]") {
  const TempDir dir;
  dir.write("child",
            "trap 'sleep 0.2; touch cleaned; exit 0' TERM\n"
            "touch ready; while :; do sleep 60 || true; done\n");
  Bench bench;
  ProcessSpec spec = bench.shell(
      "setsid sh ./child & until [ -e ready ]; do sleep 0.01; done;"
      "kill -STOP $$");
  spec.directory = dir.path();
  spec.timeout = Duration(1'000);
  REQUIRE(bench.runner.run(spec).end == End::kTimedOut);
  REQUIRE(dir.has("cleaned"));
}

TEST_CASE("Process: what a flood leaves in memory is bounded", "[system][process]") {
  Bench bench;
  ProcessSpec spec = bench.shell("yes");
  spec.timeout = Duration(200);
  const ProcessResult result = bench.runner.run(spec);
  REQUIRE(result.output.total() > Excerpt::kHead + Excerpt::kTail);
  REQUIRE(result.output.text().size() < Excerpt::kHead + Excerpt::kTail + 1000);
}

TEST_CASE("Process: a daemon that holds the pipe does not hold us, and lives on",
          "[system][process]") {
  const std::string daemon = GENERATE("setsid sleep 60", "setsid yes");
  Bench bench;
  const ProcessResult result = bench.run(daemon + " & exit 0");
  CHECK(result.succeeded());
  CHECK(result.elapsed < Duration(1'000));
  // `yes` ends by itself when it sees its pipe closed.
  if (daemon == "setsid sleep 60") CHECK(bench.tree.alive().size() == 1);
}

TEST_CASE("Process: what a check leaves running is swept", "[system][process]") {
  Bench bench;
  ProcessSpec spec = bench.shell("setsid sleep 60 & sleep 60 & exit 3");
  spec.leftovers = Leftovers::kSweep;
  const ProcessResult result = bench.runner.run(spec);
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kExited);
  CHECK(result.code == 3);
  CHECK(result.elapsed < Duration(1'000));
}

TEST_CASE("Process: a daemon of an earlier command survives the end of a later one",
          "[system][process]") {
  Bench earlier;
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

TEST_CASE("Process: what cannot be executed was not started", "[system][process]") {
  const TempDir dir;
  dir.write("text", "echo no interpreter line\n", 0755);
  dir.write("plain", "#!/bin/sh\n", 0644);
  const auto [program, error_number] = GENERATE(table<std::string, int>({
      {"no-such-program-of-backstep", ENOENT},
      {"./no-such-program", ENOENT},
      {"", ENOENT},
      {"./plain", EACCES},
      {".", EACCES},
      {"./text", ENOEXEC},
      {"./text/below", ENOTDIR},
  }));
  CAPTURE(program);
  Bench bench;
  ProcessSpec spec;
  spec.argv = {program};
  spec.directory = dir.path();
  if (program == ".") spec.argv = {"./"};
  const ProcessResult result = bench.runner.run(spec);
  REQUIRE(result.end == End::kNotStarted);
  REQUIRE(result.error_number == error_number);
  REQUIRE(result.cannot_run());
  REQUIRE(result.output.total() == 0);
}

TEST_CASE("Process: an empty command and a missing directory are not started",
          "[system][process]") {
  Bench bench;
  REQUIRE(bench.runner.run({}).end == End::kNotStarted);
  ProcessSpec spec = bench.shell("true");
  spec.directory = "/no/such/directory";
  const ProcessResult result = bench.runner.run(spec);
  REQUIRE(result.end == End::kNotStarted);
  REQUIRE(result.error_number == ENOENT);
}

TEST_CASE("Process: the exit code comes through, whatever we inherited for CHLD",
          "[system][process]") {
  const int code = GENERATE(0, 1, 7, 126, 127, 143, 255);
  const auto previous = signal(SIGCHLD, SIG_IGN);
  {
    Bench bench;
    const ProcessResult result = bench.run("exit " + std::to_string(code));
    CHECK(result.end == End::kExited);
    CHECK(result.code == code);
    CHECK(result.succeeded() == (code == 0));
  }
  signal(SIGCHLD, previous);
}

TEST_CASE("Process: the signal that killed a command comes through", "[system][process]") {
  const int number = GENERATE(SIGKILL, SIGUSR1, SIGTERM, SIGPIPE);
  Bench bench;
  const ProcessResult result = bench.run("kill -" + std::to_string(number) + " $$");
  REQUIRE(result.end == End::kSignaled);
  REQUIRE(result.signal == number);
  REQUIRE_FALSE(result.keeper_lost);
}

TEST_CASE("Process: a stop signal ends the command within its short grace", "[system][process]") {
  Bench bench;
  ProcessSpec spec = bench.shell("trap '' TERM; kill -TERM $RUNNER; setsid sleep 60 & sleep 60");
  spec.grace = Duration(30'000);
  spec.timeout = Duration(100);  // passes within the grace, and must not make us spin then
  const std::clock_t before = std::clock();
  const ProcessResult result = bench.runner.run(spec);
  CHECK(std::clock() - before < CLOCKS_PER_SEC / 4);
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kStopped);
  CHECK(result.signal == SIGTERM);
  CHECK(result.elapsed < Duration(2'000));
}

TEST_CASE("Process: a stop signal shortens the grace of one that has run out of time",
          "[system][process]") {
  Bench bench;
  ProcessSpec spec =
      bench.shell("trap 'kill -INT $RUNNER' TERM; while :; do sleep 60 || true; done");
  spec.timeout = Duration(100);
  spec.grace = Duration(30'000);
  const ProcessResult result = bench.runner.run(spec);
  CHECK(bench.tree.gone());
  CHECK(result.end == End::kStopped);
  CHECK(result.elapsed < Duration(3'000));
}

TEST_CASE("Process: a cancel that kills the command first is a stop all the same",
          "[system][process]") {
  const std::string script = GENERATE("kill -TERM $RUNNER; exit 0", "kill -TERM $RUNNER $$",
                                      "(sleep 0.03; kill -TERM $RUNNER) & kill -TERM $$",
                                      "(sleep 0.03; kill -INT $RUNNER) & exit 130");
  CAPTURE(script);
  Bench bench;
  REQUIRE(bench.run(script).end == End::kStopped);
}

TEST_CASE("Process: after a stop signal no further command is started", "[system][process]") {
  const TempDir dir;
  Bench bench;
  raise(SIGINT);
  const ProcessResult result = bench.run("touch " + dir / "started");
  REQUIRE(result.end == End::kStopped);
  REQUIRE(result.signal == SIGINT);
  REQUIRE_FALSE(dir.has("started"));
}

TEST_CASE("Process: whoever kills the keeper kills the command", "[system][process]") {
  Bench bench;
  const ProcessResult result = bench.run("kill -KILL $PPID; exec sleep 60");
  REQUIRE(result.end == End::kSignaled);
  REQUIRE(result.signal == SIGKILL);
  REQUIRE(result.keeper_lost);
  REQUIRE(eventually([&] { return bench.tree.gone(); }));
}

TEST_CASE("Process: environment, directory and input are handed over", "[system][process]") {
  const TempDir dir;
  Bench bench;
  setenv("BACKSTEP_TEST_INHERITED", "ours", 1);
  ProcessSpec spec =
      bench.shell("echo $A $B $BACKSTEP_TEST_INHERITED; pwd -P; cat; echo end of input");
  spec.environment = {"A=first", "B=two=2", "A=last"};
  spec.directory = dir.path();
  const ProcessResult result = bench.runner.run(spec);
  unsetenv("BACKSTEP_TEST_INHERITED");
  REQUIRE(result.succeeded());
  REQUIRE(result.output.text() == "last two=2 ours\n" + dir.path() + "\nend of input\n");
}

TEST_CASE("Process: the command's own PATH finds the program", "[system][process]") {
  const TempDir dir;
  dir.write("bin/my-tool", "#!/bin/sh\necho found\n", 0755);
  Bench bench;
  ProcessSpec spec;
  spec.argv = {"my-tool"};
  spec.environment = {"PATH=/nonexistent:" + dir / "bin"};
  REQUIRE(bench.runner.run(spec).output.text() == "found\n");
}

TEST_CASE("Process: in PATH a file that cannot be executed is passed over, and told at the end",
          "[system][process]") {
  const TempDir dir;
  dir.write("first/my-tool", "#!/bin/sh\n", 0644);
  dir.write("second/my-tool", "#!/bin/sh\necho found\n", 0755);
  Bench bench;
  ProcessSpec spec;
  spec.argv = {"my-tool"};
  spec.environment = {"PATH=" + dir / "first" + ":" + dir / "second"};
  REQUIRE(bench.runner.run(spec).output.text() == "found\n");
  spec.environment = {"PATH=" + dir / "first" + ":/nonexistent"};
  REQUIRE(bench.runner.run(spec).error_number == EACCES);
}

TEST_CASE("Process: output and errors keep their order", "[system][process]") {
  Bench bench;
  const ProcessResult result = bench.run("echo 1; echo 2 >&2; echo 3; echo 4 >&2");
  REQUIRE(result.output.text() == "1\n2\n3\n4\n");
}

TEST_CASE("Process: output is shown as it comes, behind its prefix", "[system][process]") {
  const TempDir dir;
  dir.write("shown", "");
  Bench bench;
  const int fd = open((dir / "shown").c_str(), O_WRONLY | O_CLOEXEC);
  backstep::Output live(fd);
  // The command ends only when it sees its own first line shown.
  ProcessSpec spec = bench.shell("echo one; until grep -q one " + dir / "shown" +
                                 "; do sleep 0.01; done; printf two");
  spec.live = &live;
  spec.live_prefix = "| ";
  spec.timeout = Duration(10'000);
  const ProcessResult result = bench.runner.run(spec);
  close(fd);
  REQUIRE(result.succeeded());
  REQUIRE(dir.read("shown") == "| one\n| two\n");
  REQUIRE(result.output.text() == "one\ntwo");
}
