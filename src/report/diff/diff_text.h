// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "report/diff/diff_report.h"

namespace backstep {

struct DiffLook {
  bool coloured = false;
  // Bytes as they are, for `patch`; else what could steer a terminal or a log is shown as \xNN.
  bool exact = false;
};

// What differs, as text: begin(), each file as it is read, end(). `patch` and `git apply` take it:
// they pass over the lines that say for each file what differs. A file that is not shown line by
// line has only that line.
class DiffText {
 public:
  using Write = std::function<void(const std::string& text)>;  // whole lines, some 64 KiB at once

  DiffText(DiffLook look, Write write) : look_(look), write_(std::move(write)) {}

  void begin(const ComparedSide& from, const ComparedSide& to);
  void add(const FileDiff& diff);
  void end();

 private:
  void put(std::string_view colour, const std::string& line);
  void put_names(const FileDiff& diff);
  void put_hunk(const FileDiff& diff, const Hunk& hunk);
  void put_line(const FileDiff& diff, char kind, size_t number);
  void flush();

  DiffLook look_;
  Write write_;
  std::string heading_;
  std::string no_difference_;
  std::string pending_;
  DiffTotals totals_;
};

}  // namespace backstep
