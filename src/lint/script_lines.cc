// SPDX-License-Identifier: Apache-2.0
#include "lint/script_lines.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "system/fd.h"

namespace backstep {
namespace {

class LineReader {
 public:
  explicit LineReader(const std::function<void(const LinePiece&)>& take) : take_(take) {}

  void read(int fd, std::string_view subject) {
    uint64_t offset = 0;
    bool at_end = false;
    while (!at_end) {
      const std::span<char> room = std::span(buffer_).subspan(held_);
      const size_t size = read_at(fd, room, offset, subject);
      offset += size;
      at_end = size < room.size();
      hand_on({buffer_.data(), held_ + size}, at_end);
    }
  }

 private:
  void hand_on(std::string_view bytes, bool at_end) {
    for (size_t end = 0; (end = bytes.find('\n')) != std::string_view::npos;) {
      take_({line_, bytes.substr(0, end), begins_, true});
      bytes.remove_prefix(end + 1);
      ++line_;
      begins_ = true;
    }
    const bool fills_all = bytes.size() == buffer_.size();
    if (fills_all || (at_end && (!bytes.empty() || !begins_))) {
      take_({line_, bytes, begins_, at_end});
      begins_ = false;
      held_ = 0;
    } else {
      // A line's beginning waits for the rest, so that a line which has room is never in parts.
      std::copy(bytes.begin(), bytes.end(), buffer_.begin());
      held_ = bytes.size();
    }
  }

  const std::function<void(const LinePiece&)>& take_;
  std::vector<char> buffer_ = std::vector<char>(LinePiece::kLongestPiece);
  size_t held_ = 0;
  size_t line_ = 1;
  bool begins_ = true;
};

}  // namespace

void read_lines(int fd, std::string_view subject,
                const std::function<void(const LinePiece&)>& take) {
  LineReader(take).read(fd, subject);
}

}  // namespace backstep
