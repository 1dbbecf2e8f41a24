// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

#include "system/output.h"

namespace backstep {

// Shows a command's output as it comes, each line behind a prefix. `output` may be null. A command
// that never stops talking fills no log: past kLimit bytes the rest is only counted.
class LiveLines {
 public:
  static constexpr uint64_t kLimit = uint64_t{1024} * 1024;

  LiveLines(Output* output, std::string_view prefix) : output_(output), prefix_(prefix) {}

  void add(std::string_view bytes);
  // Ends a last line that the command left open, so that what we say next has a line of its own,
  // and says how much was not shown.
  void end();

 private:
  Output* output_;
  std::string_view prefix_;
  bool at_line_start_ = true;
  uint64_t shown_ = 0;
  uint64_t hidden_ = 0;
};

}  // namespace backstep
