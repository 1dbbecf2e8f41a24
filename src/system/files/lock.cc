// SPDX-License-Identifier: Apache-2.0
#include "system/files/lock.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/text.h"
#include "system/clock.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr Duration kDirectoryWait = std::chrono::seconds(10);

constexpr const char* kName = "lock";
constexpr size_t kLongestHolder = size_t{64} * 1024;
constexpr int kLockAttempts = 16;

// False when another process holds it.
bool try_flock(int fd, int operation, std::string_view subject) {
  for (int attempt = 1; flock(fd, operation | LOCK_NB) != 0; ++attempt) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR || attempt == kLockAttempts) throw SystemError("lock", subject);
  }
  return true;
}

// Where a directory cannot be locked at all (NFS), the lock on the file has to do.
bool try_flock_directory(int fd, int operation) { return flock(fd, operation | LOCK_NB) == 0 || errno != EWOULDBLOCK; }

// Whether the name still leads to the file that is open: a lock on an unlinked one excludes nobody.
bool is_named(int fd, const Directory& control) {
  const FileStatus opened = status_of(fd, control.shown(kName));
  const auto named = control.status(kName);
  return named && named->inode == opened.inode && named->device == opened.device;
}

}  // namespace

std::optional<StoreLock> StoreLock::try_acquire(const Directory& control, std::optional<Owner> owner) {
  const std::string shown = control.shown(kName);
  for (int attempt = 0; attempt < kLockAttempts; ++attempt) {
    UniqueFd fd = open_to_append(control, kName, owner).fd;
    if (!try_flock(fd.get(), LOCK_EX, shown)) return std::nullopt;
    if (!is_named(fd.get(), control)) continue;
    // A description of its own: the lock goes with it, not with the directory.
    UniqueFd directory = control.open_again("open");
    if (!try_flock_directory(directory.get(), LOCK_EX)) return std::nullopt;
    return StoreLock(std::move(fd), std::move(directory));
  }
  throw Error(ExitCode::kInternal, fmt::format("cannot lock {}: somebody keeps replacing it", in_quotes(shown)));
}

void StoreLock::set_holder(std::string_view text) {
  if (ftruncate(fd_.get(), 0) != 0) throw SystemError("write", kName);
  write_all(fd_.get(), text, kName);
}

std::string lock_holder(const Directory& control) {
  return control.read_small_file(kName, kLongestHolder).value_or("");
}

bool lock_is_held(const Directory& control) {
  const auto file = control.find_regular(kName);
  if (file && !try_flock(file->fd.get(), LOCK_SH, control.shown(kName))) return true;
  return !try_flock_directory(control.open_again("open").get(), LOCK_SH);
}

UniqueFd lock_directory(const Directory& directory) {
  UniqueFd fd = directory.open_again("open");
  const Deadline deadline = Deadline::after(kDirectoryWait);
  while (!try_flock(fd.get(), LOCK_EX, directory.shown(""))) {
    if (deadline.passed()) {
      throw Error(ExitCode::kLockHeld, fmt::format("{} is locked by another process", in_quotes(directory.shown(""))));
    }
    poll(nullptr, 0, 20);
  }
  return fd;
}

}  // namespace backstep
