// SPDX-License-Identifier: Apache-2.0
#include "system/process/inheritance.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "support/catch.h"
#include "support/processes.h"

using backstep::keep_only;
using backstep::test::holds_in_child;

namespace {

bool is_still_open(int fd) {
  return fcntl(fd, F_GETFD) >= 0;
}

bool is_null_device(int fd) {
  struct stat found {};
  struct stat null {};
  return fstat(fd, &found) == 0 && stat("/dev/null", &null) == 0 && found.st_rdev == null.st_rdev;
}

bool only_open(const std::vector<int>& expected) {
  for (int fd = 3; fd < 1024; ++fd) {
    const bool wanted = std::find(expected.begin(), expected.end(), fd) != expected.end();
    if (is_still_open(fd) != wanted) return false;
  }
  return is_null_device(0) && is_null_device(1) && is_null_device(2);
}

}  // namespace

TEST_CASE("keep_only: everything else is closed, with gaps before, between and after",
          "[system][inheritance]") {
  REQUIRE(holds_in_child([] {
    int ends[2];
    if (pipe(ends) != 0) return false;
    for (const int number : {12, 20, 21, 500, 900}) dup2(ends[0], number);
    int first = 20;
    int second = 500;
    keep_only({&second, &first});
    return only_open({first, second});
  }));
}

TEST_CASE("keep_only: a kept descriptor at 0, 1 or 2 is not lost", "[system][inheritance]") {
  REQUIRE(holds_in_child([] {
    int ends[2];
    if (pipe(ends) != 0) return false;
    dup2(ends[0], 0);
    dup2(ends[1], 2);
    close(1);
    int read_end = 0;
    int write_end = 2;
    keep_only({&read_end, &write_end});
    char letter = 0;
    return only_open({read_end, write_end}) && write(write_end, "x", 1) == 1 &&
           read(read_end, &letter, 1) == 1 && letter == 'x';
  }));
}

TEST_CASE("keep_only: what is kept is not handed on by exec, and none stays none",
          "[system][inheritance]") {
  REQUIRE(holds_in_child([] {
    int kept = dup(1);
    int none = -1;
    keep_only({&kept, &none});
    return none == -1 && fcntl(kept, F_GETFD) == FD_CLOEXEC;
  }));
}
