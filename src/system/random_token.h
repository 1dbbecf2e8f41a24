// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/core.h>

#include <random>
#include <string>

namespace backstep {

// 32 hexadecimal digits that nobody can guess: where the output of somebody else's command must not
// be able to end a block that we opened.
inline std::string random_token() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

}  // namespace backstep
