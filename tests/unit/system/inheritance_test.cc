// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <sys/stat.h>

#include "support/catch.h"
#include "support/processes.h"
#include "system/fd.h"

using backstep::keep_only;
using backstep::test::holds_in_child;

namespace {

bool is_still_open(int fd) { return fcntl(fd, F_GETFD) >= 0; }

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

TEST_CASE("keep_only: everything else is closed, with gaps before, between and after", "[system][inheritance]") {
  REQUIRE(holds_in_child([] {
    int ends[2];
    if (pipe(ends) != 0) return false;
    for (const int number : {12, 20, 21, 500, 900}) dup2(ends[0], number);
    keep_only({500, 20, -1});
    return only_open({20, 500});
  }));
}
