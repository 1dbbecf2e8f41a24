// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "system/files/directory.h"

namespace backstep {

// One run at a time per store: an flock on `lock`. The kernel frees it when the last process that
// holds it is gone, so nothing is ever stale, in whatever container that process lived. The keepers
// of our commands inherit it, the commands themselves do not: when we are killed, the lock is held
// until the keeper has ended the command's tree.
//
// The file may be unlinked under us (`git clean`), and whoever comes then would lock a new one
// while our deploy runs, and settle our journal as an abandoned one. So the holder also has a lock
// on the directory itself, which the keepers do not inherit.
//
// After a crash: the text in the file may name a dead holder; only the kernel's answer counts.
class StoreLock {
 public:
  // nullopt when another process holds it. After locking, the file on disk is checked to be still
  // the one that was locked, for somebody may have unlinked it.
  static std::optional<StoreLock> try_acquire(const Directory& control, std::optional<Owner> owner);

  // What a waiting run and `status` show of us.
  void set_holder(std::string_view text);

  // To be inherited by keepers.
  int fd() const { return fd_.get(); }

 private:
  StoreLock(UniqueFd fd, UniqueFd directory) : fd_(std::move(fd)), directory_(std::move(directory)) {}
  UniqueFd fd_;
  UniqueFd directory_;
};

// The text that the last holder left; "" when there is none.
std::string lock_holder(const Directory& control);

// Whether somebody holds the lock at this moment. Asks by a shared lock that is dropped at once.
bool lock_is_held(const Directory& control);

// Waits until no other process holds the directory's own lock, and holds it until the answer is
// closed. For short work in a directory that is no store.
UniqueFd lock_directory(const Directory& directory);

}  // namespace backstep
