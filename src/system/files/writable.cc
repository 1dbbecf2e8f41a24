// SPDX-License-Identifier: Apache-2.0
#include "system/files/writable.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "system/files/staged_file.h"

namespace backstep {
namespace {

constexpr const char* kProbe = ".backstep-probe";

int why_none_by_name(const Directory& directory) {
  try {
    StagedFile probe(directory, kProbe);
    probe.commit();
    directory.remove_file(kProbe);
    return 0;
  } catch (const SystemError& error) {
    return error.error_number();
  }
}

}  // namespace

int why_not_accessible(const Directory& parent, const std::string& name) {
  constexpr int kFlags = AT_EACCESS | AT_SYMLINK_NOFOLLOW;
  return faccessat(parent.fd(), name.c_str(), W_OK | X_OK, kFlags) == 0 ? 0 : errno;
}

int why_nothing_can_be_made(const Directory& directory) {
  const UniqueFd nameless(openat(directory.fd(), ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
  return nameless ? 0 : why_none_by_name(directory);
}

bool is_probe(std::string_view name) { return name == kProbe || name == StagedFile::temporary_name(kProbe); }

std::optional<Room> room_of(const Directory& directory) {
  struct statvfs status {};
  if (fstatvfs(directory.fd(), &status) != 0 || status.f_blocks == 0 || status.f_frsize == 0) {
    return std::nullopt;
  }
  // What is kept back for root is root's to use.
  const uint64_t blocks = effective_user() == 0 ? status.f_bfree : status.f_bavail;
  Room room{status.f_frsize, blocks * status.f_frsize, std::nullopt};
  if (status.f_files != 0) room.free_files = status.f_ffree;
  return room;
}

std::string_view why_no_room(int directory_fd, int error_number) {
  struct statvfs status {};
  const bool is_full =
      error_number == ENOSPC && fstatvfs(directory_fd, &status) == 0 && status.f_files != 0 && status.f_ffree == 0;
  return is_full ? "no inodes left" : "";
}

uint64_t in_blocks(uint64_t size, const Room& room) { return (size + room.block - 1) / room.block * room.block; }

bool is_out_of_room(const Error& error) {
  const int number = error.error_number();
  return number == ENOSPC || number == EDQUOT;
}

void hold_bytes(int fd, uint64_t end, uint64_t size, std::string_view subject) {
  if (size == 0) return;
  if (fallocate(fd, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(end), static_cast<off_t>(size)) != 0) {
    throw SystemError("hold room in", subject);
  }
}

void write_in_place(int fd) {
  int flags = 0;
  if (ioctl(fd, FS_IOC_GETFLAGS, &flags) != 0) return;
  flags |= FS_NOCOW_FL;
  ioctl(fd, FS_IOC_SETFLAGS, &flags);
}

}  // namespace backstep
