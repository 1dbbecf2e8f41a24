// SPDX-License-Identifier: Apache-2.0
// What a test knows to be in a JSON value.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "base/json.h"

namespace backstep::test {

inline const Json::Object& members(const Json& value) {
  if (const auto* object = value.object()) return *object;
  throw std::logic_error("not an object: " + value.dump());
}

inline const Json::Array& elements(const Json& value, std::string_view key) {
  const Json* member = value.find(key);
  if (const auto* array = member == nullptr ? nullptr : member->array()) return *array;
  throw std::logic_error("no array '" + std::string(key) + "': " + value.dump());
}

}  // namespace backstep::test
