// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "report/diff/line_diff.h"

namespace backstep {

// Changes that are told together, with the lines around them. Lines count from 0.
struct Hunk {
  size_t from = 0;
  size_t from_count = 0;
  size_t to = 0;
  size_t to_count = 0;
  std::span<const LineChange> changes;

  // "@@ -1,4 +1,5 @@"
  std::string header() const;
};

// With three common lines before, between and after, as `diff -u` has it.
std::vector<Hunk> hunks_of(std::span<const LineChange> changes, size_t from_lines, size_t to_lines);

// Gets each line of a hunk: '-' and its number in the first text, '+' or ' ' and its number in the
// second.
using HunkLine = std::function<void(char kind, size_t line)>;
void each_line(const Hunk& hunk, const HunkLine& line);

}  // namespace backstep
