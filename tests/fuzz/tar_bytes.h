// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace backstep::fuzz {

// Ends what may be a tar with the mark of an end, and gives each header the checksum that it should
// have: a mutation of either would only ever test that it is looked at.
inline std::string with_checksums(std::string tar) {
  constexpr size_t kBlock = 512;
  constexpr size_t kSizeAt = 124;
  constexpr size_t kSumAt = 148;
  constexpr size_t kSumLength = 8;
  tar.resize((tar.size() + kBlock - 1) / kBlock * kBlock);
  for (size_t at = 0; at + kBlock <= tar.size();) {
    char* const header = tar.data() + at;
    if (std::all_of(header, header + kBlock, [](char c) { return c == '\0'; })) break;
    std::fill_n(header + kSumAt, kSumLength, ' ');
    unsigned sum = 0;
    for (size_t i = 0; i < kBlock; ++i) sum += static_cast<unsigned char>(header[i]);
    std::snprintf(header + kSumAt, kSumLength, "%06o", sum & 0777777U);
    const std::string octal(header + kSizeAt, 11);
    const size_t size = std::strtoull(octal.c_str(), nullptr, 8);
    if (size > tar.size()) break;
    at += kBlock + (size + kBlock - 1) / kBlock * kBlock;
  }
  return tar + std::string(2 * kBlock, '\0');
}

}  // namespace backstep::fuzz
