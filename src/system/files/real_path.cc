// SPDX-License-Identifier: Apache-2.0
#include "system/files/real_path.h"

#include <cstdlib>
#include <memory>

namespace backstep {

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(realpath(path.c_str(), nullptr),
                                                             &std::free);
  return resolved ? resolved.get() : "";
}

}  // namespace backstep
