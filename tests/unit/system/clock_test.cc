// SPDX-License-Identifier: Apache-2.0
#include "system/clock.h"

#include <signal.h>
#include <unistd.h>

#include <ctime>

#include "support/catch.h"

using backstep::Deadline;
using backstep::Duration;
using backstep::SignalWatch;
using backstep::SystemClock;

TEST_CASE("Clock: a stop signal ends the wait", "[system][clock]") {
  SignalWatch signals;
  SystemClock clock(&signals);
  const Duration start = clock.steady();
  REQUIRE(kill(getpid(), SIGTERM) == 0);
  REQUIRE(clock.wait(Duration(30'000)));
  REQUIRE(clock.steady() - start < Duration(10'000));
}

TEST_CASE("Clock: waits as long as asked when nothing interrupts", "[system][clock]") {
  SystemClock clock(nullptr);
  const Duration start = clock.steady();
  REQUIRE_FALSE(clock.wait(Duration(20)));
  REQUIRE(clock.steady() - start >= Duration(20));
  REQUIRE_FALSE(clock.wait(Duration(-5)));
}

TEST_CASE("Clock: the wall shows the epoch's seconds", "[system][clock]") {
  const SystemClock clock(nullptr);
  const auto before = int64_t{std::time(nullptr)};
  const int64_t shown = clock.wall_seconds();
  REQUIRE(shown >= before);
  REQUIRE(shown <= int64_t{std::time(nullptr)} + 1);
}

TEST_CASE("Deadline: one that never comes has poll wait for ever", "[system][deadline]") {
  REQUIRE_FALSE(Deadline::never().passed());
  REQUIRE(Deadline::never().poll_timeout() == -1);
}

TEST_CASE("Deadline: one that has passed does not have poll wait", "[system][deadline]") {
  REQUIRE(Deadline::after(Duration(0)).passed());
  REQUIRE(Deadline::after(Duration(-5)).poll_timeout() == 0);
}

TEST_CASE("Deadline: ten years do not overflow what poll takes", "[system][deadline]") {
  const Deadline distant = Deadline::after(std::chrono::hours(24 * 3650));
  REQUIRE_FALSE(distant.passed());
  REQUIRE(distant.poll_timeout() > 0);
}

TEST_CASE("Deadline: of two the earlier one counts", "[system][deadline]") {
  REQUIRE(earlier(Deadline::never(), Deadline::after(Duration(0))).passed());
  REQUIRE_FALSE(earlier(Deadline::never(), Deadline::never()).passed());
}
