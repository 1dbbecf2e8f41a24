// SPDX-License-Identifier: Apache-2.0
#include "system/random_token.h"

#include "support/catch.h"

using namespace backstep;

TEST_CASE("RandomToken: 32 hexadecimal digits, never the same", "[system][random]") {
  const std::string token = random_token();
  CHECK(token.size() == 32);
  CHECK(token.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(token != random_token());
}
