// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace backstep {

// 32 hexadecimal digits that nobody can guess: where the output of somebody else's command must not
// be able to end a block that we opened.
std::string random_token();

}  // namespace backstep
