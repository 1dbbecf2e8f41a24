// SPDX-License-Identifier: Apache-2.0
#include "system/fd.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"

using backstep::read_at;
using backstep::UniqueFd;
using backstep::write_all;
using backstep::test::TempDir;

namespace {

bool is_open(int fd) { return fcntl(fd, F_GETFD) != -1; }

}  // namespace

TEST_CASE("UniqueFd: an error of close is reported once, and nothing is closed again", "[system][fd]") {
  const int number = open("/dev/null", O_RDONLY | O_CLOEXEC);
  UniqueFd fd(number);
  ::close(number);
  REQUIRE_THROWS_WITH(fd.close("a"), "cannot close 'a': Bad file descriptor");
  REQUIRE(fd.get() == -1);
}

TEST_CASE("UniqueFd: assignment closes what was owned, the destructor what is", "[system][fd]") {
  const int first = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int second = open("/dev/null", O_RDONLY | O_CLOEXEC);
  {
    UniqueFd fd(first);
    fd = UniqueFd(second);
    REQUIRE_FALSE(is_open(first));
    REQUIRE(is_open(second));
  }
  REQUIRE_FALSE(is_open(second));
}

TEST_CASE("write_all: names the file that took no more", "[system][fd]") {
  const UniqueFd full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  REQUIRE_THROWS_WITH(write_all(full.get(), "x", "a"), "cannot write 'a': No space left on device");
}

TEST_CASE("read_at: stops at the end of the file and leaves the offset alone", "[system][fd]") {
  const TempDir dir;
  dir.write("a", "0123456789");
  const UniqueFd fd(open((dir / "a").c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 8> buffer{};
  REQUIRE(read_at(fd.get(), buffer, 6, "a") == 4);
  REQUIRE(std::string_view(buffer.data(), 4) == "6789");
  REQUIRE(lseek(fd.get(), 0, SEEK_CUR) == 0);
}
