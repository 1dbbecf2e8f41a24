// SPDX-License-Identifier: Apache-2.0
#include <cstdint>

#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  backstep::fuzz::try_input({reinterpret_cast<const char*>(data), size});
  return 0;
}
