// SPDX-License-Identifier: Apache-2.0
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/files/directory.h"

using namespace backstep;
using namespace backstep::test;

namespace {

constexpr int64_t kSecond = 1'000'000'000;
constexpr int64_t kNow = 1'800'000'000 * kSecond;

struct StampScene {
  TempDir temp;
  Directory here = Directory::open_root(temp.path(), "");
  StampClock clock{here.fd()};

  FileStatus written(const std::string& text) const {
    temp.write("a", text);
    return *here.status("a");
  }
};

}  // namespace

TEST_CASE("StampClock: what was written before it is asked is stamped no later", "[system][stamp_clock]") {
  const StampScene scene;
  for (int round = 0; round < 100; ++round) {
    const int64_t before = scene.clock.now();
    const FileStatus file = scene.written(std::to_string(round));
    REQUIRE(file.mtime_ns >= before);
    REQUIRE(file.ctime_ns >= before);
  }
}

TEST_CASE("StampClock: where stamps are coarse or a stranger's, two seconds are not believed",
          "[system][stamp_clock]") {
  const StampScene scene;
  FileStatus file = scene.written("x");
  file.ctime_ns = kNow + 1;
  if (scene.clock.at_rest_before(kNow, file) != kNow) return;  // an unusual file system
  SECTION("whole seconds") { file.ctime_ns = kNow; }
  SECTION("another device") { ++file.device; }
  CHECK(scene.clock.at_rest_before(kNow, file) == kNow - 2 * kSecond);
}
