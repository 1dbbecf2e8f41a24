// SPDX-License-Identifier: Apache-2.0
#include "system/random_token.h"

#include <fmt/core.h>
#include <sys/random.h>

#include <array>

#include "base/error.h"

namespace backstep {

std::string random_token() {
  std::array<unsigned char, 16> bytes{};
  // Up to 256 bytes come whole, whatever signal arrives (getrandom(2)).
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw SystemError("read", "random bytes");
  }
  std::string token;
  for (const unsigned char byte : bytes) token += fmt::format("{:02x}", byte);
  return token;
}

}  // namespace backstep
