// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace backstep {

// f_type of statfs, where linux/magic.h has no name for it.
constexpr int64_t kXfsMagic = 0x58465342;

}  // namespace backstep
