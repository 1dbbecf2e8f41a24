// SPDX-License-Identifier: Apache-2.0
#include "system/files/writable.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"

namespace backstep {

namespace {

constexpr const char* kProbe = ".backstep-probe";
constexpr const char* kRenamedProbe = ".backstep-probe-renamed";

void make_rename_remove(const Directory& directory) {
  directory.create_file(kProbe);
  directory.rename(kProbe, directory, kRenamedProbe, IfExists::kReplace);
  directory.remove_file(kRenamedProbe);
}

// What a killed call left, or one that met a directory in which names cannot be renamed.
void remove_probes(const Directory& directory) {
  directory.remove_file(kProbe);
  directory.remove_file(kRenamedProbe);
}

int why_none_by_name(const Directory& directory) {
  try {
    remove_probes(directory);
    make_rename_remove(directory);
    return 0;
  } catch (const SystemError& error) {
    try {
      remove_probes(directory);
    } catch (const SystemError&) {
      // Where it could be made and not removed, the answer says why.
    }
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

bool is_probe(std::string_view name) {
  return name == kProbe || name == kRenamedProbe;
}

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

uint64_t in_blocks(uint64_t size, const Room& room) {
  return (size + room.block - 1) / room.block * room.block;
}

}  // namespace backstep
