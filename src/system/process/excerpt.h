// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace backstep {

// The head and the tail of a command's output: enough for a report, bounded whatever it prints.
class Excerpt {
 public:
  static constexpr size_t kHead = size_t{16} * 1024;
  static constexpr size_t kTail = size_t{64} * 1024;

  void add(std::string_view bytes);

  uint64_t total() const { return total_; }
  // Head and tail, with a line between them that says how much was left out.
  std::string text() const;
  // The last `lines` lines of what was printed, without a final newline.
  std::string last_lines(size_t lines) const;

 private:
  std::string head_;
  std::string tail_;
  uint64_t total_ = 0;
};

}  // namespace backstep
