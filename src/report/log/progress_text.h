// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/duration.h"
#include "system/progress.h"

namespace backstep {

// "backing up 3214 of 10000 files, 32 %, 12.3 MiB, 4.0 s", in at most so many columns: what matters
// least is left out first. ASCII, without control characters.
std::string progress_text(const Task& task, const Done& done, Duration elapsed, size_t width);

}  // namespace backstep
