// SPDX-License-Identifier: Apache-2.0
#include "system/fd.h"

#include <fcntl.h>
#include <sys/resource.h>

#include "base/error.h"
#include "support/catch.h"
#include "support/processes.h"

using backstep::make_pipe;

// The sanitizer's own look at an exception needs a pipe too.
#ifndef __SANITIZE_ADDRESS__
TEST_CASE("make_pipe: without a free descriptor it says so", "[system][pipe]") {
  REQUIRE(backstep::test::holds_in_child([] {
    const rlimit none{3, 3};
    setrlimit(RLIMIT_NOFILE, &none);
    try {
      make_pipe();
    } catch (const backstep::SystemError& error) {
      return error.error_number() == EMFILE;
    }
    return false;
  }));
}
#endif

TEST_CASE("make_pipe: neither end is handed on by exec", "[system][pipe]") {
  const backstep::Pipe pipe = make_pipe();
  REQUIRE(fcntl(pipe.read.get(), F_GETFD) == FD_CLOEXEC);
  REQUIRE(fcntl(pipe.write.get(), F_GETFD) == FD_CLOEXEC);
}

TEST_CASE("Pipe: a roomy one holds more than the usual", "[system][pipe]") {
  const Pipe pipe = make_roomy_pipe();
  CHECK(fcntl(pipe.read.get(), F_GETPIPE_SZ) == 256 * 1024);
}
