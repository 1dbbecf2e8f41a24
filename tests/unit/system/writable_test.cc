// SPDX-License-Identifier: Apache-2.0
#include "system/files/writable.h"

#include <sys/mount.h>
#include <unistd.h>

#include "support/catch.h"
#include "support/temp_dir.h"

using namespace backstep;
using namespace backstep::test;

namespace {

Directory open_directory(const TempDir& dir) { return Directory::open_root(dir.path(), ""); }

}  // namespace

TEST_CASE("Writable: a read-only mount is named by both questions", "[system][writable]") {
  const TempDir dir;
  dir.write("service/file", "x");
  const std::string path = dir / "service";
  if (mount(path.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    WARN("skipped: this user may not mount");
    return;
  }
  const bool read_only = mount("", path.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0;
  int access = 0;
  int making = 0;
  {
    const Directory root = open_directory(dir);
    access = why_not_accessible(root, "service");
    making = why_nothing_can_be_made(root.open_directory("service"));
  }
  umount2(path.c_str(), MNT_DETACH);
  REQUIRE(read_only);
  CHECK(access == EROFS);
  CHECK(making == EROFS);
}

TEST_CASE("Writable: a missing permission is named by both questions", "[system][writable]") {
  if (geteuid() == 0) return;  // root may
  const TempDir dir;
  dir.write("service/file", "x");
  std::filesystem::permissions(dir / "service", std::filesystem::perms(0555));
  CHECK(why_not_accessible(open_directory(dir), "service") == EACCES);
  CHECK(why_nothing_can_be_made(open_directory(dir).open_directory("service")) == EACCES);
}

TEST_CASE("Writable: a symlink is not followed to where it leads", "[system][writable]") {
  const TempDir dir;
  std::filesystem::create_symlink("/proc/self/no such place", dir / "link");
  CHECK(why_not_accessible(open_directory(dir), "link") == 0);
}

TEST_CASE("Writable: asking leaves nothing and changes no time", "[system][writable]") {
  const TempDir dir;
  dir.write("service/file", "x");
  const Directory root = open_directory(dir);
  const auto before = root.status("service");
  CHECK(why_not_accessible(root, "service") == 0);
  CHECK(why_nothing_can_be_made(root.open_directory("service")) == 0);
  CHECK(root.status("service")->mtime_ns == before->mtime_ns);
  CHECK(root.open_directory("service").list() == std::vector<std::string>{"file"});
}

TEST_CASE("Writable: where no file is nameless, a named one is made and renamed", "[system][writable]") {
  // A file system of message queues: names can be made and removed, but not renamed.
  const TempDir dir;
  if (mount("none", dir.path().c_str(), "mqueue", 0, nullptr) != 0) {
    WARN("skipped: this user may not mount");
    return;
  }
  int answer = 0;
  std::vector<std::string> before;  // others' queues
  std::vector<std::string> after;
  {
    const Directory queues = open_directory(dir);
    before = queues.list();
    answer = why_nothing_can_be_made(queues);
    after = queues.list();
  }
  umount2(dir.path().c_str(), MNT_DETACH);
  CHECK(answer == EPERM);
  CHECK(after == before);
}

TEST_CASE("Writable: where neither can be made, the named one's error counts", "[system][writable]") {
  CHECK(why_nothing_can_be_made(Directory::open_root("/proc", "/proc")) != 0);
}

TEST_CASE("Writable: room is counted in blocks", "[system][writable]") {
  const Room room{.block = 4096, .free_bytes = 0, .free_files = {}};
  CHECK(in_blocks(0, room) == 0);
  CHECK(in_blocks(1, room) == 4096);
  CHECK(in_blocks(4096, room) == 4096);
  CHECK(in_blocks(4097, room) == 8192);
  const TempDir dir;
  const auto here = room_of(open_directory(dir));
  if (here) CHECK(here->block > 0);
}

TEST_CASE("Writable: a file system that does not say how large it is gives no room", "[system][writable]") {
  CHECK_FALSE(room_of(Directory::open_root("/proc", "/proc")));
}
