// SPDX-License-Identifier: Apache-2.0
#include "system/deadline.h"

#include "support/catch.h"

using backstep::Deadline;
using backstep::Duration;

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
