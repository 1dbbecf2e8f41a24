// SPDX-License-Identifier: Apache-2.0
#include "system/files/durability.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include "base/error.h"
#include "base/text.h"

namespace backstep {

namespace {

constexpr size_t kWorthwhileFiles = 8;
// So many files take some milliseconds by themselves, and may wait for this much of somebody
// else's.
constexpr size_t kManyFiles = 16;
constexpr uint64_t kBearableDirtyBytes = size_t{64} * 1024 * 1024;
// In the time of one fsync, 0.3 ms and more, a disk writes about so much of somebody else's.
constexpr uint64_t kDirtyBytesForAnFsync = uint64_t{128} * 1024;
constexpr std::array<int64_t, 4> kSoundFileSystems = {EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC,
                                                      BTRFS_SUPER_MAGIC, TMPFS_MAGIC};

uint64_t bearable_dirty_bytes(size_t expected_files) {
  const uint64_t worth = expected_files * kDirtyBytesForAnFsync;
  return expected_files < kManyFiles ? worth : std::max(kBearableDirtyBytes, worth);
}

// The sum of `Dirty:` and `Writeback:`. Whatever cannot be read counts as too much.
uint64_t dirty_bytes() {
  const UniqueFd fd(open("/proc/meminfo", O_RDONLY | O_CLOEXEC));
  if (!fd) return UINT64_MAX;
  std::string text(8192, '\0');
  text.resize(read_at(fd.get(), text, 0, "/proc/meminfo"));
  uint64_t kibibytes = 0;
  for (const char* key : {"\nDirty:", "\nWriteback:"}) {
    const size_t found = text.find(key);
    if (found == std::string::npos) return UINT64_MAX;
    kibibytes += std::strtoull(text.c_str() + text.find(':', found) + 1, nullptr, 10);
  }
  return kibibytes * 1024;
}

SyncFacts facts_of(const Directory& directory) {
  SyncFacts facts;
  struct statfs status {};
  if (fstatfs(directory.fd(), &status) == 0) facts.file_system = status.f_type;
  utsname name{};
  if (uname(&name) == 0) {
    char* end = nullptr;
    facts.kernel_major = static_cast<int>(std::strtol(name.release, &end, 10));
    if (*end == '.') facts.kernel_minor = static_cast<int>(std::strtol(end + 1, nullptr, 10));
  }
  facts.dirty_bytes = dirty_bytes();
  return facts;
}

SyncBatch::Method method_for(const Directory& where, size_t expected_files) {
  if (expected_files < kWorthwhileFiles) return SyncBatch::Method::kEachFile;
  return SyncBatch::choose(expected_files, facts_of(where));
}

}  // namespace

SyncBatch::Method SyncBatch::choose(size_t expected_files, const SyncFacts& facts) {
  const bool reports_errors =
      facts.kernel_major > 5 || (facts.kernel_major == 5 && facts.kernel_minor >= 8);
  const bool waits =
      std::ranges::find(kSoundFileSystems, facts.file_system) != kSoundFileSystems.end();
  // What is dirty lies elsewhere: a tmpfs has no disk to wait for.
  const bool bearable =
      facts.file_system == TMPFS_MAGIC || facts.dirty_bytes < bearable_dirty_bytes(expected_files);
  const bool whole = expected_files >= kWorthwhileFiles && reports_errors && waits && bearable;
  return whole ? Method::kWholeFileSystem : Method::kEachFile;
}

SyncBatch::SyncBatch(const Directory& where, size_t expected_files)
    : SyncBatch(where, method_for(where, expected_files)) {}

// syncfs reports what went wrong since its descriptor was opened: hence one of its own, and now.
SyncBatch::SyncBatch(const Directory& where, Method method)
    : method_(method),
      file_system_(method == Method::kWholeFileSystem ? where.open_again("open") : UniqueFd()),
      device_(where.own_status().device),
      display_(where.shown("")) {}

void SyncBatch::fail_if_failed(std::string_view subject) const {
  if (error_number_ != 0) throw SystemError("sync", subject, error_number_);
}

void SyncBatch::sync_now(int fd, std::string_view subject) {
  if (fsync(fd) != 0) error_number_ = errno;
  fail_if_failed(subject);
}

void SyncBatch::written(int fd, std::string_view subject) {
  fail_if_failed(subject);
  if (method_ == Method::kEachFile) return sync_now(fd, subject);
  written(fd, status_of(fd, subject), subject);
}

// A mount point beneath the directory belongs to a file system that our syncfs does not reach.
void SyncBatch::written(int fd, const FileStatus& status, std::string_view subject) {
  fail_if_failed(subject);
  if (method_ == Method::kWholeFileSystem && status.device == device_) {
    pending_ = true;
  } else {
    sync_now(fd, subject);
  }
}

void SyncBatch::renamed(const Directory& directory) {
  written(directory.fd(), directory.shown(""));
}

bool SyncBatch::linked() {
  fail_if_failed(display_);
  if (method_ == Method::kEachFile) return false;
  pending_ = true;
  return true;
}

void SyncBatch::flush() {
  fail_if_failed(display_);
  if (!pending_) return;
  pending_ = false;
  if (syncfs(file_system_.get()) != 0) error_number_ = errno;
  fail_if_failed(display_);
}

}  // namespace backstep
