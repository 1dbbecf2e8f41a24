// SPDX-License-Identifier: Apache-2.0
#include "system/files/durability.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <linux/magic.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <sstream>

#include "base/error.h"

namespace backstep {
namespace {

constexpr size_t kMostWaiting = 64;
constexpr std::array<int64_t, 4> kSoundFileSystems = {EXT4_SUPER_MAGIC, XFS_SUPER_MAGIC, BTRFS_SUPER_MAGIC,
                                                      TMPFS_MAGIC};

SyncFacts facts_of(const Directory& directory) {
  SyncFacts facts{.file_system = file_system_type(directory.fd())};
  utsname name{};
  char dot = 0;
  if (uname(&name) == 0) {
    std::istringstream(name.release) >> facts.kernel.first >> dot >> facts.kernel.second;
  }
  return facts;
}

}  // namespace

size_t spare_descriptors(size_t wanted) {
  rlimit limit{};
  const bool is_known = getrlimit(RLIMIT_NOFILE, &limit) == 0;
  return is_known ? std::min<rlim_t>(wanted, limit.rlim_cur / 4) : 0;
}

std::string file_system_of(int fd) {
  constexpr auto kTypes =
      std::to_array<int64_t>({OVERLAYFS_SUPER_MAGIC, FUSE_SUPER_MAGIC, V9FS_MAGIC, NFS_SUPER_MAGIC, CIFS_SUPER_MAGIC});
  constexpr auto kNames = std::to_array({"overlay", "FUSE", "9p", "NFS", "CIFS"});
  for (size_t i = 0; i < kTypes.size(); ++i) {
    if (kTypes[i] == file_system_type(fd)) return fmt::format("the file system is {}", kNames[i]);
  }
  return "";
}

void sync_file(int fd, std::string_view subject) {
  if (fsync(fd) == 0) return;
  const int error_number = errno;
  const bool is_directory = status_of(fd, subject).type == FileType::kDirectory;
  if (error_number == EINVAL && is_directory && syncfs(fd) == 0) return;
  throw SystemError("sync", subject, error_number, error_number == EINVAL ? file_system_of(fd) : "");
}

void sync_content(int fd, std::string_view subject) {
  if (fdatasync(fd) != 0) throw SystemError("sync", subject);
}

SyncBatch::Method SyncBatch::choose(size_t expected_files, const SyncFacts& facts) {
  const bool reports_errors = facts.kernel >= std::pair(5, 8);
  const bool waits = std::ranges::find(kSoundFileSystems, facts.file_system) != kSoundFileSystems.end();
  return expected_files >= 2 && reports_errors && waits ? Method::kWholeFileSystem : Method::kEachFile;
}

SyncBatch::SyncBatch(const Directory& where, size_t expected_files)
    : SyncBatch(where, choose(expected_files, facts_of(where))) {
  has_many_ = expected_files > most_waiting_;
}

// syncfs reports what went wrong since its descriptor was opened: hence one of its own, and now.
SyncBatch::SyncBatch(const Directory& where, Method method)
    : method_(method),
      file_system_(method == Method::kWholeFileSystem ? where.open_again("open") : UniqueFd()),
      device_(where.own_status().device),
      most_waiting_(spare_descriptors(kMostWaiting)),
      display_(where.shown("")) {}

void SyncBatch::fail_if_failed(std::string_view subject) const {
  if (error_number_ != 0) throw SystemError("sync", subject, error_number_);
}

void SyncBatch::sync_now(int fd, std::string_view subject) {
  try {
    sync_file(fd, subject);
  } catch (const SystemError& error) {
    error_number_ = error.error_number();
    throw;
  }
}

// That the disk begins is help alone, and a descriptor that cannot be kept is not waited for.
void SyncBatch::keep(int fd, std::string_view subject, bool is_reached) {
  if (waiting_.size() >= most_waiting_) {
    if (is_reached) return;
    sync_waiting();
  }
  sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
  UniqueFd kept(fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (kept) {
    waiting_.push_back({std::move(kept), std::string(subject), is_reached});
  } else if (!is_reached) {
    sync_now(fd, subject);
  }
}

// Until the disk has the content; what has none, or cannot be waited for, is left to the sync. What
// fails is told by the sync as well, and by the next one of anybody if it is not asked now.
void SyncBatch::wait_for_content(const Waiting& each) {
  constexpr unsigned kUntilWritten = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
  if (sync_file_range(each.fd.get(), 0, 0, kUntilWritten) == 0) return;
  // Anything else says that this call is not to be had here, as in a sandbox.
  if (errno == EIO || errno == ENOSPC || errno == EDQUOT) error_of_waiting_ = errno;
}

// ext4 notes where a file's content lies once the disk has it. With all of it there before the
// first sync, that sync's commit takes the notes of all files.
void SyncBatch::sync_waiting() {
  for (const Waiting& each : waiting_) wait_for_content(each);
  for (Waiting& each : waiting_) {
    if (!each.is_reached) sync_now(each.fd.get(), each.subject);
    each.fd.close(each.subject);
  }
  waiting_.clear();
  if (!pending_) fail_if_waiting_failed();
}

void SyncBatch::fail_if_waiting_failed() {
  error_number_ = error_of_waiting_;
  fail_if_failed(display_);
}

// A mount point beneath the directory belongs to a file system that our syncfs does not reach.
void SyncBatch::written(int fd, const FileStatus& status, std::string_view subject) {
  fail_if_failed(subject);
  keep(fd, subject, reaches(status.device));
}

void SyncBatch::renamed(const Directory& directory) {
  if (method_ == Method::kWholeFileSystem && reaches(directory.own_status().device)) return;
  const std::string shown = directory.shown("");
  fail_if_failed(shown);
  keep(directory.fd(), shown, false);
}

bool SyncBatch::reaches(uint64_t device) {
  fail_if_failed(display_);
  if (method_ == Method::kEachFile || device != device_) return false;
  pending_ = true;
  return true;
}

void SyncBatch::flush() {
  fail_if_failed(display_);
  sync_waiting();
  if (!pending_) return;
  pending_ = false;
  if (syncfs(file_system_.get()) != 0) error_number_ = errno;
  fail_if_failed(display_);
  fail_if_waiting_failed();
}

}  // namespace backstep
