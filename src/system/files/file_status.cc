// SPDX-License-Identifier: Apache-2.0
#include "system/files/file_status.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

constexpr int64_t kPerSecond = 1'000'000'000;  // nanoseconds
constexpr unsigned kWanted = STATX_BASIC_STATS | STATX_BTIME | STATX_MNT_ID;

// A file may be of any year, and 64 bits end in 2262. One second less, for the fraction.
int64_t nanoseconds(const struct statx_timestamp& time) {
  constexpr int64_t kFarthest = INT64_MAX / kPerSecond - 1;
  return std::clamp<int64_t>(time.tv_sec, -kFarthest, kFarthest) * kPerSecond + time.tv_nsec;
}

FileStatus status_from(const struct statx& answer) {
  const uint64_t attributes = answer.stx_attributes & answer.stx_attributes_mask;
  return {
      .type = type_of(answer.stx_mode),
      .mode = static_cast<mode_t>(answer.stx_mode & 07777),
      .uid = answer.stx_uid,
      .gid = answer.stx_gid,
      .size = answer.stx_size,
      .mtime_ns = nanoseconds(answer.stx_mtime),
      .ctime_ns = nanoseconds(answer.stx_ctime),
      .birth_ns = (answer.stx_mask & STATX_BTIME) != 0 ? nanoseconds(answer.stx_btime) : 0,
      .inode = answer.stx_ino,
      .device = makedev(answer.stx_dev_major, answer.stx_dev_minor),
      .links = answer.stx_nlink,
      .mount_point = (attributes & STATX_ATTR_MOUNT_ROOT) != 0,
      .immutable = (attributes & STATX_ATTR_IMMUTABLE) != 0,
      .append_only = (attributes & STATX_ATTR_APPEND) != 0,
      .mount_id = (answer.stx_mask & STATX_MNT_ID) != 0 ? answer.stx_mnt_id : 0,
  };
}

bool change_owner(int fd, uid_t user, gid_t group, std::string_view subject) {
  if (fchown(fd, user, group) == 0) return true;
  // EINVAL: an id that this user namespace does not map. Both say that it is not ours to give.
  if (errno == EPERM || errno == EINVAL) return false;
  throw SystemError("change the owner of", subject);
}

// FAT keeps two seconds.
constexpr int64_t kCoarsest = 2 * kPerSecond;
constexpr int64_t kMillisecond = 1'000'000;
// These stamp by the kernel's own clock: no server's, no user's.
constexpr std::array<int64_t, 5> kLocal = {EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC, TMPFS_MAGIC,
                                           OVERLAYFS_SUPER_MAGIC};

int64_t time_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return int64_t{time.tv_sec} * kPerSecond + time.tv_nsec;
}

}  // namespace

int64_t file_system_type(int fd) {
  struct statfs status {};
  return fstatfs(fd, &status) == 0 ? status.f_type : 0;
}

FileType type_of(mode_t mode) {
  if (S_ISREG(mode)) return FileType::kRegular;
  if (S_ISDIR(mode)) return FileType::kDirectory;
  if (S_ISLNK(mode)) return FileType::kSymlink;
  return FileType::kOther;
}

uid_t effective_user() { return geteuid(); }

bool may_change_owner() {
  static const bool may = [] {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets{};
    if (syscall(SYS_capget, &header, sets.data()) != 0) return false;
    return (sets[CAP_TO_INDEX(CAP_CHOWN)].effective & CAP_TO_MASK(CAP_CHOWN)) != 0;
  }();
  return may;
}

bool could_give(Owner present, Owner wanted) {
  if (may_change_owner()) return present != wanted;
  return present.gid != wanted.gid && (wanted.gid == getegid() || group_member(wanted.gid) != 0);
}

FileStatus status_of(int fd, std::string_view subject) {
  struct statx answer {};
  if (statx(fd, "", AT_EMPTY_PATH, kWanted, &answer) != 0) throw SystemError("examine", subject);
  return status_from(answer);
}

std::optional<FileStatus> find_status(int directory_fd, const std::string& name, std::string_view subject) {
  struct statx answer {};
  constexpr int kFlags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT;
  if (statx(directory_fd, name.c_str(), kFlags, kWanted, &answer) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    throw SystemError("examine", subject);
  }
  return status_from(answer);
}

bool changed_meanwhile(const FileStatus& before, const FileStatus& after) {
  return before.size != after.size || before.mtime_ns != after.mtime_ns || before.ctime_ns != after.ctime_ns;
}

bool give_to(int made, const FileStatus& status, Owner owner, std::string_view subject) {
  if (status.owner() == owner) return true;
  if (may_change_owner() && change_owner(made, owner.uid, owner.gid, subject)) return true;
  constexpr uid_t kAsItIs = static_cast<uid_t>(-1);
  return (status.gid == owner.gid || change_owner(made, kAsItIs, owner.gid, subject)) && status.uid == owner.uid;
}

void set_mode(int made, mode_t mode, std::string_view subject) {
  if (fchmod(made, mode) != 0) throw SystemError("change the mode of", subject);
}

void require_ours(const FileStatus& file, const FileStatus& directory, std::string_view subject) {
  const bool is_shared = (directory.mode & S_ISGID) != 0 && file.gid == directory.gid;
  const bool is_his = file.uid == directory.uid || (is_shared && (file.mode & S_IWGRP) != 0);
  const bool may_be_moved = !is_his && directory.uid != geteuid() && may_change_owner();
  if (file.links <= 1 && !may_be_moved) return;
  const std::string why =
      file.links > 1 ? "it is a hard link" : fmt::format("user {} may have moved it here", directory.uid);
  throw Error(ExitCode::kInternal, fmt::format("cannot write to {}: {}; look whose file that is, then move it away",
                                               in_quotes(subject), why));
}

StampClock::StampClock(int directory_fd)
    : local_(std::ranges::find(kLocal, file_system_type(directory_fd)) != kLocal.end()),
      device_(status_of(directory_fd, ".").device) {}

int64_t StampClock::now() const { return time_of(CLOCK_REALTIME_COARSE); }

// Not until the next tick: Linux from 6.13 on gives a file that was looked at since a finer stamp,
// which is ahead of the last tick; and a tick may come late by several, where nothing runs.
void StampClock::wait_past_this_moment() const {
  constexpr timespec kPause{0, 1'000'000};
  constexpr int kMostPauses = 50;
  const int64_t then = time_of(CLOCK_REALTIME);
  for (int pauses = 0; now() <= then && pauses < kMostPauses; ++pauses) nanosleep(&kPause, nullptr);
}

int64_t StampClock::at_rest_before(int64_t now, const FileStatus& file) const {
  // ext4 keeps whole seconds in small inodes. Nobody can set a ctime, so its digits tell.
  const bool is_fine = file.ctime_ns % kMillisecond != 0;
  return local_ && is_fine && file.device == device_ ? now : now - kCoarsest;
}

}  // namespace backstep
