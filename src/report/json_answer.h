// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/json.h"

namespace backstep {

// Every --json answer is one object that names its kind and version; members may be added, so
// readers ignore what they do not know.
inline Json json_answer(std::string_view kind) {
  return Json::Object{{"backstep", kind}, {"version", 1}};
}

}  // namespace backstep
