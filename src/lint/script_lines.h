// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace backstep {

// A line of a file without its newline, or a part of a line that is longer than kLongestPiece.
struct LinePiece {
  static constexpr size_t kLongestPiece = size_t{64} * 1024;

  size_t line = 1;
  std::string_view bytes;
  bool begins = true;  // its line
  bool ends = true;    // likewise; of an unbroken line both
};

// The whole file from its first byte, in memory of one piece however large it is; the descriptor's
// own offset stays. Throws SystemError.
void read_lines(int fd, std::string_view subject,
                const std::function<void(const LinePiece&)>& take);

}  // namespace backstep
