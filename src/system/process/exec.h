// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "system/fd.h"

namespace backstep {

// Becomes another program, found on PATH like a shell finds it, with these arguments and the
// environment as it is. Returns only when that failed: the error number.
int become(const std::vector<std::string>& argv);

// The binary that this process runs, for reading: under whatever name it was started, and the same
// bytes even when the file has been replaced since.
UniqueFd open_own_binary();

}  // namespace backstep
