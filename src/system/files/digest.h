// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace backstep {

// SHA-256, fed piece by piece.
class Sha256 {
 public:
  Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void update(std::string_view bytes);
  std::string hex();  // ends the computation

 private:
  struct State;
  alignas(8) std::array<unsigned char, 128> storage_{};
  State& state();
};

std::string sha256_hex(std::string_view bytes);

// The hash of a whole file, from its start. `file_size` is what a status said of it; see read_at.
std::string sha256_of_file(int fd, std::string_view subject, uint64_t file_size);

}  // namespace backstep
