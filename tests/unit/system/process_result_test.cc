// SPDX-License-Identifier: Apache-2.0
#include <cerrno>

#include "support/catch.h"
#include "system/process/process.h"

using backstep::Duration;
using backstep::ProcessResult;
using backstep::test::matchers::Contains;
using End = backstep::ProcessResult::End;

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

TEST_CASE("ProcessResult: a lost keeper is told apart from a killed command",
          "[system][process_result]") {
  ProcessResult result;
  result.end = End::kSignaled;
  result.signal = 9;
  REQUIRE(result.described() == "was killed by signal 9 (Killed)");
  result.keeper_lost = true;
  REQUIRE_THAT(result.described(), Contains("keeper"));
}

TEST_CASE("ProcessResult: only a program that cannot be executed cannot run",
          "[system][process_result]") {
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
  CHECK_THAT(result.described_writers(), Contains("4711 (python3)") && Contains("thrown away") &&
                                             Contains("redirect its output"));
  result.drain_error = EAGAIN;
  CHECK_THAT(result.described_writers(),
             Contains("Resource temporarily unavailable") && Contains("redirect its output"));
}
