// SPDX-License-Identifier: Apache-2.0
#include "system/process/process.h"

#include <fcntl.h>

#include <cerrno>

#include "support/catch.h"
#include "support/process_bench.h"
#include "support/temp_dir.h"

using End = backstep::ProcessResult::End;
using backstep::Duration;
using backstep::Excerpt;
using backstep::ProcessResult;
using backstep::ProcessSpec;
using backstep::test::ProcessBench;
using backstep::test::run_given_time;
using backstep::test::TempDir;
using backstep::test::matchers::Contains;

TEST_CASE("Process: what a flood leaves in memory is bounded", "[system][process]") {
  ProcessBench bench;
  const auto flooded = [](auto& it) { return it.output.total() > Excerpt::kHead + Excerpt::kTail; };
  const ProcessResult result = run_given_time(bench, bench.shell("yes"), flooded);
  REQUIRE(flooded(result));
  REQUIRE(result.output.text().size() < Excerpt::kHead + Excerpt::kTail + 1000);
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
  ProcessBench bench;
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

TEST_CASE("Process: a command reads the file that it is given, or nothing", "[system][process]") {
  const TempDir dir;
  dir.write("text", "first\nsecond\n");
  ProcessBench bench;
  ProcessSpec spec = bench.shell("cat; echo end");
  REQUIRE(bench.runner.run(spec).output.text() == "end\n");
  const backstep::UniqueFd file(open((dir / "text").c_str(), O_RDONLY | O_CLOEXEC));
  spec.input_fd = file.get();
  REQUIRE(bench.runner.run(spec).output.text() == "first\nsecond\nend\n");
}

TEST_CASE("Process: an empty command and a missing directory are not started", "[system][process]") {
  ProcessBench bench;
  REQUIRE(bench.runner.run({}).end == End::kNotStarted);
  ProcessSpec spec = bench.shell("true");
  spec.directory = "/no/such/directory";
  const ProcessResult result = bench.runner.run(spec);
  REQUIRE(result.end == End::kNotStarted);
  REQUIRE(result.error_number == ENOENT);
}

TEST_CASE("Process: the exit code comes through, whatever we inherited for CHLD", "[system][process]") {
  const int code = GENERATE(0, 1, 7, 126, 127, 143, 255);
  const auto previous = signal(SIGCHLD, SIG_IGN);
  {
    ProcessBench bench;
    const ProcessResult result = bench.run("exit " + std::to_string(code));
    CHECK(result.end == End::kExited);
    CHECK(result.code == code);
    CHECK(result.succeeded() == (code == 0));
  }
  signal(SIGCHLD, previous);
}

TEST_CASE("Process: the signal that killed a command comes through", "[system][process]") {
  const int number = GENERATE(SIGKILL, SIGUSR1, SIGTERM, SIGPIPE);
  ProcessBench bench;
  const ProcessResult result = bench.run("kill -" + std::to_string(number) + " $$");
  REQUIRE(result.end == End::kSignaled);
  REQUIRE(result.signal == number);
  REQUIRE_FALSE(result.keeper_lost);
}

TEST_CASE("Process: environment, directory and input are handed over", "[system][process]") {
  const TempDir dir;
  ProcessBench bench;
  setenv("BACKSTEP_TEST_INHERITED", "ours", 1);
  ProcessSpec spec = bench.shell("echo $A $B $BACKSTEP_TEST_INHERITED; pwd -P; cat; echo end of input");
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
  ProcessBench bench;
  ProcessSpec spec;
  spec.argv = {"my-tool"};
  spec.environment = {"PATH=/nonexistent:" + dir / "bin"};
  REQUIRE(bench.runner.run(spec).output.text() == "found\n");
}

TEST_CASE("Process: in PATH a file that cannot be executed is passed over, and told at the end", "[system][process]") {
  const TempDir dir;
  dir.write("first/my-tool", "#!/bin/sh\n", 0644);
  dir.write("second/my-tool", "#!/bin/sh\necho found\n", 0755);
  ProcessBench bench;
  ProcessSpec spec;
  spec.argv = {"my-tool"};
  spec.environment = {"PATH=" + dir / "first" + ":" + dir / "second"};
  REQUIRE(bench.runner.run(spec).output.text() == "found\n");
  spec.environment = {"PATH=" + dir / "first" + ":/nonexistent"};
  REQUIRE(bench.runner.run(spec).error_number == EACCES);
}

TEST_CASE("Process: output and errors keep their order", "[system][process]") {
  ProcessBench bench;
  const ProcessResult result = bench.run("echo 1; echo 2 >&2; echo 3; echo 4 >&2");
  REQUIRE(result.output.text() == "1\n2\n3\n4\n");
}

TEST_CASE("Process: what a child says shortly after the command's end is still heard", "[system][process]") {
  ProcessBench bench;
  const ProcessResult result = bench.run("(sleep 0.02; echo late) & exit 0");
  REQUIRE(result.output.text() == "late\n");
}

TEST_CASE("Process: output is shown as it comes, behind its prefix", "[system][process]") {
  const TempDir dir;
  dir.write("shown", "");
  ProcessBench bench;
  const int fd = open((dir / "shown").c_str(), O_WRONLY | O_CLOEXEC);
  backstep::Output live(fd);
  // The command ends only when it sees its own first line shown.
  ProcessSpec spec = bench.shell("echo one; until grep -q one " + dir / "shown" + "; do sleep 0.01; done; printf two");
  spec.live = &live;
  spec.live_prefix = "| ";
  spec.timeout = Duration(10'000);
  const ProcessResult result = bench.runner.run(spec);
  close(fd);
  REQUIRE(result.succeeded());
  REQUIRE(dir.read("shown") == "| one\n| two\n");
  REQUIRE(result.output.text() == "one\ntwo");
}

namespace {

ProcessResult exited(int code) {
  ProcessResult result;
  result.code = code;
  return result;
}

ProcessResult not_started(int error_number) {
  ProcessResult result;
  result.end = End::kNotStarted;
  result.error_number = error_number;
  return result;
}

}  // namespace

TEST_CASE("ProcessResult: each end is told in words", "[system][process_result]") {
  ProcessResult result = exited(7);
  REQUIRE(result.described() == "exited with 7");
  REQUIRE(exited(127).described() == "exited with 127 (command not found)");
  REQUIRE(exited(126).described() == "exited with 126 (not executable)");
  REQUIRE(not_started(ENOENT).described() == "could not be started: No such file or directory");
  REQUIRE_THAT(not_started(ENOEXEC).described(), Contains("no interpreter line"));
  result.end = End::kTimedOut;
  result.timeout = Duration(30'000);
  REQUIRE(result.described() == "timed out after 30s");
  result.end = End::kStopped;
  result.signal = 15;
  REQUIRE(result.described() == "was stopped by signal 15 (Terminated)");
}

TEST_CASE("ProcessResult: a lost keeper is told apart from a killed command", "[system][process_result]") {
  ProcessResult result;
  result.end = End::kSignaled;
  result.signal = 9;
  REQUIRE(result.described() == "was killed by signal 9 (Killed)");
  result.keeper_lost = true;
  REQUIRE_THAT(result.described(), Contains("keeper"));
}

TEST_CASE("ProcessResult: only a program that cannot be executed cannot run", "[system][process_result]") {
  for (const int number : {ENOENT, ENOTDIR, EACCES, ENOEXEC}) {
    REQUIRE(not_started(number).cannot_run());
  }
  // Another attempt may well succeed.
  REQUIRE_FALSE(not_started(EAGAIN).cannot_run());
  REQUIRE(exited(126).cannot_run());
  REQUIRE(exited(127).cannot_run());
  REQUIRE_FALSE(exited(1).cannot_run());
  ProcessResult killed = exited(127);
  killed.end = End::kSignaled;
  REQUIRE_FALSE(killed.cannot_run());
}

TEST_CASE("ProcessResult: only an exit with 0 is a success", "[system][process_result]") {
  REQUIRE(exited(0).succeeded());
  REQUIRE_FALSE(exited(1).succeeded());
  for (const End end : {End::kSignaled, End::kTimedOut, End::kStopped, End::kNotStarted}) {
    ProcessResult result = exited(0);
    result.end = end;
    REQUIRE_FALSE(result.succeeded());
  }
}

TEST_CASE("ProcessResult: of those who still write it says who, what becomes of it, and what to do",
          "[system][process_result]") {
  ProcessResult result = exited(0);
  CHECK(result.described_writers().empty());
  result.writers = "4711 (python3)";
  CHECK_THAT(result.described_writers(),
             Contains("4711 (python3)") && Contains("thrown away") && Contains("redirect its output"));
  result.drain_error = EAGAIN;
  CHECK_THAT(result.described_writers(),
             Contains("Resource temporarily unavailable") && Contains("redirect its output"));
}
