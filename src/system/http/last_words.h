// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/duration.h"

namespace backstep {

// For a process that may stay in one system call for as long as somebody else likes: when SIGTERM
// or its time limit ends it, it writes what was said last to stdout, and exits with that status.
// Once, and for the rest of the process.
void leave_last_words(int exit_status, Duration time_limit);  // 0 = no limit

// Replaces what will be said. Nothing is said before the first call.
void set_last_words(std::string words);

}  // namespace backstep
