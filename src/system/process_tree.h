// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <vector>

#include "base/duration.h"

namespace backstep {

// All descendants of `root`, by the parent links in /proc, without `root` itself.
std::vector<pid_t> descendants_of(pid_t root);

// Ends everything below this process, which must be a subreaper: stop all, kill all, reap, look
// again, until nothing is left or `limit` has passed. Stopping first keeps a process that forks
// faster than we look from getting away. Returns who is still there: a child that changed its user.
std::vector<pid_t> kill_descendants(Duration limit);

}  // namespace backstep
