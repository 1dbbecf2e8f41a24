// SPDX-License-Identifier: Apache-2.0
#include "system/files/file_status.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include "base/error.h"
#include "support/catch.h"
#include "support/temp_dir.h"
#include "system/fd.h"

using backstep::could_give;
using backstep::FileType;
using backstep::find_status;
using backstep::give_to;
using backstep::may_change_owner;
using backstep::Owner;
using backstep::status_of;
using backstep::UniqueFd;
using backstep::test::TempDir;

namespace {

UniqueFd opened(const std::string& path, int flags) { return UniqueFd(open(path.c_str(), flags | O_CLOEXEC)); }

// CapEff of /proc/self/status, another way to the same answer; CAP_CHOWN is bit 0.
bool proc_says_that_owners_may_change() {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with("CapEff:")) return (std::stoull(line.substr(7), nullptr, 16) & 1) != 0;
  }
  return false;
}

}  // namespace

TEST_CASE("FileStatus: what cannot be examined is named", "[system][file_status]") {
  REQUIRE_THROWS_WITH(status_of(-1, "a"), "cannot examine 'a': Bad file descriptor");
}

TEST_CASE("FileStatus: a missing name is a value, a symlink is not followed", "[system][file_status]") {
  const TempDir dir;
  dir.write("file", "x");
  REQUIRE(symlink("file", (dir / "link").c_str()) == 0);
  REQUIRE(mkfifo((dir / "fifo").c_str(), 0600) == 0);
  const UniqueFd root = opened(dir.path(), O_RDONLY | O_DIRECTORY);
  REQUIRE_FALSE(find_status(root.get(), "missing", "missing"));
  REQUIRE(find_status(root.get(), "link", "link")->type == FileType::kSymlink);
  REQUIRE(find_status(root.get(), "file", "file")->type == FileType::kRegular);
  REQUIRE(find_status(root.get(), "fifo", "fifo")->type == FileType::kOther);
  REQUIRE(status_of(root.get(), "").type == FileType::kDirectory);
}

TEST_CASE("FileStatus: agrees with stat", "[system][file_status]") {
  const TempDir dir;
  dir.write("file", "12345", 04751);
  REQUIRE(link((dir / "file").c_str(), (dir / "second").c_str()) == 0);
  const UniqueFd fd = opened(dir / "file", O_RDONLY);
  struct stat expected {};
  REQUIRE(fstat(fd.get(), &expected) == 0);
  const auto status = status_of(fd.get(), "file");
  REQUIRE(status.size == 5);
  REQUIRE(status.mode == 04751);
  REQUIRE(status.links == 2);
  REQUIRE(status.uid == expected.st_uid);
  REQUIRE(status.gid == expected.st_gid);
  REQUIRE(status.inode == expected.st_ino);
  REQUIRE(status.device == expected.st_dev);
  REQUIRE(status.mtime_ns == expected.st_mtim.tv_sec * 1'000'000'000 + expected.st_mtim.tv_nsec);
  REQUIRE(status.ctime_ns == expected.st_ctim.tv_sec * 1'000'000'000 + expected.st_ctim.tv_nsec);
  REQUIRE_FALSE(status.mount_point);
  REQUIRE_FALSE(status.immutable);
}

TEST_CASE("FileStatus: a bind-mounted file is a mount point", "[system][file_status]") {
  const TempDir dir;
  dir.write("file", "x");
  const std::string path = dir / "file";
  if (mount(path.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) != 0) {
    WARN("skipped: this user may not mount");
    return;
  }
  const UniqueFd root = opened(dir.path(), O_RDONLY | O_DIRECTORY);
  const auto status = find_status(root.get(), "file", "file");
  umount2(path.c_str(), MNT_DETACH);
  REQUIRE(status->mount_point);
}

TEST_CASE("FileStatus: whether owners may change is what /proc says", "[system][file_status]") {
  REQUIRE(may_change_owner() == proc_says_that_owners_may_change());
}

TEST_CASE("FileStatus: a file is given away where that is permitted", "[system][file_status]") {
  const TempDir dir;
  dir.write("file", "x");
  const UniqueFd fd = opened(dir / "file", O_RDWR);
  const FileStatus status = status_of(fd.get(), "file");
  REQUIRE(give_to(fd.get(), status, {getuid(), status.gid}, "file"));
  REQUIRE(give_to(fd.get(), status, Owner{4711, 4712}, "file") == may_change_owner());
  if (may_change_owner()) REQUIRE(status_of(fd.get(), "").gid == 4712);
}

TEST_CASE("FileStatus: what is no group of ours and no right of ours cannot be given", "[system][file_status]") {
  const Owner here{getuid(), getegid()};
  REQUIRE_FALSE(could_give(here, here));
  REQUIRE(could_give({getuid(), getegid() + 1}, here));
  REQUIRE(could_give(here, {4711, 4712}) == may_change_owner());
  REQUIRE(could_give(here, {4711, getegid()}) == may_change_owner());
}
