// SPDX-License-Identifier: Apache-2.0
#include "system/signals.h"

#include <fcntl.h>

#include <csignal>
#include <string>

#include "base/error.h"
#include "support/catch.h"
#include "system/fd.h"

using namespace backstep;

TEST_CASE("Input: what cannot be read is said", "[system][input]") {
  SignalWatch signals;
  const UniqueFd directory(open("/", O_RDONLY | O_CLOEXEC));
  char byte = 0;
  REQUIRE_THROWS_AS(signals.read_unless_stopped(directory.get(), {&byte, 1}, "x"), SystemError);
}

TEST_CASE("Input: a signal that was asked for before ends it too", "[system][input]") {
  SignalWatch signals;
  const Pipe pipe = make_pipe();
  char byte = 0;
  raise(SIGTERM);
  REQUIRE(signals.caught());
  REQUIRE_THROWS_AS(signals.read_unless_stopped(pipe.read.get(), {&byte, 1}, "x"), Interrupted);
}

TEST_CASE("Input: a stop signal ends the wait for a silent pipe", "[system][input]") {
  SignalWatch signals;
  const Pipe pipe = make_pipe();
  char byte = 0;
  raise(SIGTERM);
  REQUIRE_THROWS_AS(signals.read_unless_stopped(pipe.read.get(), {&byte, 1}, "x"), Interrupted);
}

TEST_CASE("Input: reads to the end", "[system][input]") {
  SignalWatch signals;
  Pipe pipe = make_pipe();
  write_all(pipe.write.get(), "ab", "pipe");
  pipe.write.reset();
  std::string bytes(10, '\0');
  REQUIRE(signals.read_unless_stopped(pipe.read.get(), bytes, "x") == 2);
  REQUIRE(signals.read_unless_stopped(pipe.read.get(), bytes, "x") == 0);
}
