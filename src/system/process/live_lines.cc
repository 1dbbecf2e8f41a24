// SPDX-License-Identifier: Apache-2.0
#include "system/process/live_lines.h"

#include <fmt/core.h>

#include <string>

namespace backstep {

void LiveLines::add(std::string_view bytes) {
  if (output_ == nullptr || bytes.empty()) return;
  if (shown_ >= kLimit) {
    hidden_ += bytes.size();
    return;
  }
  std::string shown;
  std::string_view rest = bytes;
  while (!rest.empty()) {
    if (at_line_start_) shown += prefix_;
    const size_t line_end = rest.find('\n');
    at_line_start_ = line_end != std::string_view::npos;
    const std::string_view line = rest.substr(0, at_line_start_ ? line_end + 1 : rest.size());
    shown += line;
    rest.remove_prefix(line.size());
  }
  shown_ += shown.size();
  output_->write(shown);
}

void LiveLines::end() {
  if (output_ != nullptr && !at_line_start_) output_->write("\n");
  at_line_start_ = true;
  if (hidden_ == 0) return;
  output_->write(fmt::format("{}[... {} more bytes are not shown ...]\n", prefix_, hidden_));
  hidden_ = 0;
}

}  // namespace backstep
