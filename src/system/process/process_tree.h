// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/duration.h"

namespace backstep {

// All descendants of `root`, by the parent links in /proc, without `root` itself. Zombies that
// nobody has reaped yet are among them.
std::vector<pid_t> descendants_of(pid_t root);

// "4711 (python3)"; "" when it has gone.
std::string named_process(pid_t pid);

using FileId = std::pair<uint64_t, uint64_t>;  // device and inode

// The first process that has one of these files mounted as a single file, as containers have it,
// and which file. nullopt: none that we may look at, which proves nothing; btrfs, whose mount
// tables name devices of their own, is out of sight.
std::optional<std::pair<pid_t, FileId>> process_that_mounts(const std::set<FileId>& files);

// Ends everything below this process, which must be a subreaper: stop all, kill all, reap, look
// again, until nothing is left or `limit` has passed. Stopping first keeps a supervisor from
// starting again what is killed under it. Returns who is still there: a child that changed its
// user, or one that the kernel holds in an uninterruptible wait. Reaps every child, so whoever
// needs an exit status has taken it before.
std::vector<pid_t> kill_descendants(Duration limit);

}  // namespace backstep
