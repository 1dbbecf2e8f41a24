// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "fuzz/store_of_bytes.h"
#include "system/digest.h"

namespace backstep::fuzz {

// Lines of records as a cache has them around: no mutation finds a hash.
inline std::string sealed(const std::string& header, std::string_view lines) {
  std::string text = header + std::string(lines);
  if (!text.ends_with('\n')) text += '\n';
  const auto count = std::count(text.begin(), text.end(), '\n') - 1;
  return text + std::to_string(count) + ' ' + sha256_hex(text) + '\n';
}

// The first line of what an empty cache saves.
template <typename Cache>
std::string header_of(const StoreOfBytes& scene) {
  Cache().save(scene.store());
  const std::string text = scene.bytes();
  return text.substr(0, text.find('\n') + 1);
}

}  // namespace backstep::fuzz
