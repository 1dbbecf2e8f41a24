// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "system/output.h"

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

// What a terminal would be left with of an output, for a report: no colours, and of a line that was
// written over, as progress is, what it said last. Printable; nothing where it is blank.
std::vector<std::string> plain_lines(std::string_view output);
std::string plain_text(std::string_view output);  // these lines as one text

// Shows a command's output as it comes, each line behind a prefix, as a log has lines: a carriage
// return ends one, too. `output` may be null. Past kLimit bytes the rest is only counted.
class LiveLines {
 public:
  static constexpr uint64_t kLimit = uint64_t{1024} * 1024;

  LiveLines(Output* output, std::string_view prefix) : output_(output), prefix_(prefix) {}

  void add(std::string_view bytes);
  // Ends a last line that the command left open, and says how much was not shown.
  void end();

 private:
  Output* output_;
  std::string_view prefix_;
  char last_ = '\n';
  uint64_t shown_ = 0;
  uint64_t hidden_ = 0;
};

}  // namespace backstep
