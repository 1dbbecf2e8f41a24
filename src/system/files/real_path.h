// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace backstep {

// The path with every symlink resolved; "" when there is nothing to be found under it. For
// comparing places only: what is opened goes through Directory.
std::string real_path(const std::string& path);

}  // namespace backstep
