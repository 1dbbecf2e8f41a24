// SPDX-License-Identifier: Apache-2.0
#include "report/diff/unified_diff.h"

#include <fmt/core.h>

#include <algorithm>

namespace backstep {
namespace {

constexpr size_t kContext = 3;

// Where nothing is, the line before it is named: "0,0" at the start.
std::string range(size_t first, size_t count) {
  if (count == 1) return std::to_string(first + 1);
  return fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

bool are_told_together(const LineChange& one, const LineChange& next) {
  return next.from - (one.from + one.removed) <= 2 * kContext;
}

Hunk hunk_around(std::span<const LineChange> changes, size_t from_lines, size_t to_lines) {
  const LineChange& first = changes.front();
  const LineChange& last = changes.back();
  const size_t before = std::min(first.from, kContext);
  const size_t from_end = std::min(last.from + last.removed + kContext, from_lines);
  const size_t to_end = std::min(last.to + last.added + kContext, to_lines);
  const size_t from = first.from - before;
  const size_t to = first.to - before;
  return {from, from_end - from, to, to_end - to, changes};
}

}  // namespace

std::string Hunk::header() const {
  return fmt::format("@@ -{} +{} @@", range(from, from_count), range(to, to_count));
}

std::vector<Hunk> hunks_of(std::span<const LineChange> changes, size_t from_lines,
                           size_t to_lines) {
  std::vector<Hunk> hunks;
  while (!changes.empty()) {
    size_t count = 1;
    while (count < changes.size() && are_told_together(changes[count - 1], changes[count])) ++count;
    hunks.push_back(hunk_around(changes.first(count), from_lines, to_lines));
    changes = changes.subspan(count);
  }
  return hunks;
}

void each_line(const Hunk& hunk, const HunkLine& line) {
  size_t to = hunk.to;
  for (const LineChange& change : hunk.changes) {
    while (to < change.to) line(' ', to++);
    for (size_t i = 0; i < change.removed; ++i) line('-', change.from + i);
    while (to < change.to + change.added) line('+', to++);
  }
  while (to < hunk.to + hunk.to_count) line(' ', to++);
}

}  // namespace backstep
