// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "system/files/directory.h"

namespace backstep {

// Whether files of a directory could be replaced: 0, or the errno that replacing one would meet.

// By access(2) on a name of one component, never following a symlink: one call. Its no may be a yes
// of the kernel (capabilities, a seccomp profile): ask why_nothing_can_be_made.
int why_not_accessible(const Directory& parent, const std::string& name);

// By making a file that has no name and vanishes with its descriptor: nobody who watches the
// directory sees it, and a kill leaves nothing. Where that is refused, whatever the reason, by a
// named one that is made, renamed and removed: what a killed call left of it is removed first.
int why_nothing_can_be_made(const Directory& directory);

// Whether a file of this name is such a named one: who holds the lock knows it for a leftover.
bool is_probe(std::string_view name);

// What is free where a directory lies, for this user.
struct Room {
  uint64_t block = 4096;
  uint64_t free_bytes = 0;
  std::optional<uint64_t> free_files;  // nullopt: the file system does not count them
};
// nullopt: the file system does not say (a tmpfs without a limit, some of FUSE).
std::optional<Room> room_of(const Directory& directory);

// What else to say of an errno that making a name in this open directory was answered with; mostly
// nothing. A disk without inodes has room for bytes, and its own words do not tell.
std::string_view why_no_room(int directory_fd, int error_number);

// A file takes whole blocks.
uint64_t in_blocks(uint64_t size, const Room& room);

// Whether such an error says that the disk is full, or the user's part of it.
bool is_out_of_room(const Error& error);

// Gives a file so many bytes of the disk behind its end, so that they can be written however full
// the disk is then; its size stays. Throws SystemError, also where the file system cannot.
void hold_bytes(int fd, uint64_t end, uint64_t size, std::string_view subject);

// On btrfs each write takes new room, also over what is there: not in this file, which is empty.
void write_in_place(int fd);

}  // namespace backstep
