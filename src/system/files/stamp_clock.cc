// SPDX-License-Identifier: Apache-2.0
#include "system/files/stamp_clock.h"

#include <linux/magic.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace backstep {
namespace {

constexpr int64_t kNsPerSecond = 1'000'000'000;
// FAT keeps two seconds.
constexpr int64_t kCoarsest = 2 * kNsPerSecond;
constexpr int64_t kMillisecond = 1'000'000;
// These stamp by the kernel's own clock: no server's, no user's.
constexpr std::array<int64_t, 5> kLocal = {EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC,
                                           TMPFS_MAGIC, OVERLAYFS_SUPER_MAGIC};

// ext4 keeps whole seconds in small inodes. Nobody can set a ctime, so its digits tell.
bool is_fine(const FileStatus& file) {
  return file.ctime_ns % kMillisecond != 0;
}

int64_t time_of(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return int64_t{time.tv_sec} * kNsPerSecond + time.tv_nsec;
}

}  // namespace

StampClock::StampClock(const Directory& where) : device_(where.own_status().device) {
  struct statfs status {};
  local_ =
      fstatfs(where.fd(), &status) == 0 && std::ranges::find(kLocal, status.f_type) != kLocal.end();
}

int64_t StampClock::now() const {
  return time_of(CLOCK_REALTIME_COARSE);
}

// Not until the next tick: Linux from 6.13 on gives a file that was looked at since a finer stamp,
// which is ahead of the last tick; and a tick may come late by several, where nothing runs.
void StampClock::wait_past_this_moment() const {
  constexpr timespec kPause{0, 1'000'000};
  constexpr int kMostPauses = 50;
  const int64_t then = time_of(CLOCK_REALTIME);
  for (int pauses = 0; now() <= then && pauses < kMostPauses; ++pauses) {
    nanosleep(&kPause, nullptr);
  }
}

int64_t StampClock::at_rest_before(int64_t now, const FileStatus& file) const {
  const bool exact = local_ && file.device == device_ && is_fine(file);
  return exact ? now : now - kCoarsest;
}

}  // namespace backstep
