// SPDX-License-Identifier: Apache-2.0
#include "system/http/http_probe.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "support/catch.h"

using namespace backstep;

namespace {

struct Ending {
  int status = -1;
  std::string said;
};

// How a child that leaves last words and then waits for ever ends. `pause` is a call that no
// signal with another handler would end.
template <typename Body>
Ending end_of(Body body) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], STDOUT_FILENO);
    close(ends[1]);
    body();
    while (true) pause();
  }
  close(ends[1]);
  Ending end;
  char byte = 0;
  while (read(ends[0], &byte, 1) == 1) end.said += byte;
  close(ends[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  if (WIFEXITED(status)) end.status = WEXITSTATUS(status);
  return end;
}

}  // namespace

TEST_CASE("LastWords: the time limit ends a process that waits", "[system][last_words]") {
  Ending end;
  for (const int limit : {20, 2'000, 20'000}) {  // a busy machine may not come so far at first
    end = end_of([&] {
      leave_last_words(23, Duration(limit));
      set_last_words("first\n");
      set_last_words("second\n");
    });
    if (end.said == "second\n") break;
  }
  CHECK(end.status == 23);
  CHECK(end.said == "second\n");
}

TEST_CASE("LastWords: SIGTERM says them too", "[system][last_words]") {
  const Ending end = end_of([] {
    leave_last_words(7, Duration(0));
    set_last_words("was waiting\n");
    kill(getpid(), SIGTERM);
  });
  CHECK(end.status == 7);
  CHECK(end.said == "was waiting\n");
}

TEST_CASE("LastWords: without any it is silent", "[system][last_words]") {
  const Ending end = end_of([] {
    leave_last_words(7, Duration(0));
    kill(getpid(), SIGTERM);
  });
  CHECK(end.status == 7);
  CHECK(end.said.empty());
}
