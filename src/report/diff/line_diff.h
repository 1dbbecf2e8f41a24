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

// What has to go of one sequence, and what has to come from another, until the two are alike. What
// is not marked is common, in the same order on both sides.
struct EditScript {
  std::vector<bool> removed;  // one for each of the first
  std::vector<bool> added;    // one for each of the second
};

// The shortest one, by the greedy search of E. Myers, "An O(ND) Difference Algorithm and Its
// Variations" (1986). nullopt: it would take more than `most_steps` looks at a pair; each of them
// costs at most a bit of memory.
std::optional<EditScript> edit_script(std::span<const uint32_t> from, std::span<const uint32_t> to,
                                      uint64_t most_steps);

// A fraction of a second; enough for thousands of lines that moved.
inline constexpr uint64_t kMostDiffSteps = 20'000'000;

// What changed from one text to the other, as few lines as possible, in order; between two changes
// lies at least one common line. Lines that only one side has cost nothing to tell apart, so that
// two wholly different texts are quick; many lines in another order may need more than `most_steps`
// (see edit_script): nullopt.
std::optional<std::vector<LineChange>> line_changes(std::span<const std::string_view> from,
                                                    std::span<const std::string_view> to,
                                                    uint64_t most_steps = kMostDiffSteps);

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
