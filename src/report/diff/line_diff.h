// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// Each line with its '\n', which only the last may lack: "a\nb" -> {"a\n", "b"}. They point into
// `text`.
std::vector<std::string_view> lines_of(std::string_view text);

// `removed` lines of the first text, from line `from` on, in whose place `added` lines of the
// second stand, from line `to` on. Lines count from 0.
struct LineChange {
  size_t from = 0;
  size_t removed = 0;
  size_t to = 0;
  size_t added = 0;
  bool operator==(const LineChange&) const = default;
};

// A fraction of a second; enough for thousands of lines that moved.
inline constexpr uint64_t kMostLooks = 10'000'000;

// What changed from one text to the other, in order and as few lines as may be; between two changes
// lies at least one common line. Lines that only one side has cost nothing to tell apart, so that
// two wholly different texts are quick; many lines in another order may need `most_looks` at a line
// of each side or more: nullopt. The search takes some 50 MB at most, and is done in pieces where
// that would not do: there it may tell some more lines than must be.
std::optional<std::vector<LineChange>> line_changes(std::span<const std::string_view> from,
                                                    std::span<const std::string_view> to,
                                                    uint64_t most_looks = kMostLooks);

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
