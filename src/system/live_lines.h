// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "system/output.h"

namespace backstep {

// Shows a command's output as it comes, each line behind a prefix. `output` may be null.
class LiveLines {
 public:
  LiveLines(Output* output, std::string_view prefix) : output_(output), prefix_(prefix) {}

  void add(std::string_view bytes);
  // Ends a last line that the command left open, so that what we say next has a line of its own.
  void end();

 private:
  Output* output_;
  std::string_view prefix_;
  bool at_line_start_ = true;
};

}  // namespace backstep
