// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// Each line with its '\n', which only the last may lack: "a\nb" -> {"a\n", "b"}. They point into
// `text`.
std::vector<std::string_view> lines_of(std::string_view text);

// A line of two texts that are compared: '-' stands in the first alone, '+' in the second alone, '
// ' in both. `from` and `to`: so many lines of each text come before it.
struct DiffLine {
  char kind = ' ';
  size_t from = 0;
  size_t to = 0;
};

// A fraction of a second; enough for thousands of lines that moved.
inline constexpr uint64_t kMostLooks = 10'000'000;

// All lines of both texts in order, of which as few as may be are told as changed; where some stand
// in place of others, those that went come first. Lines that only one side has cost nothing to tell
// apart, so that two wholly different texts are quick; many lines in another order may need
// `most_looks` at a line of each side or more: nullopt. The search takes some 50 MB at most, and is
// done in pieces where that would not do: there it may tell some more lines than must be.
std::optional<std::vector<DiffLine>> line_diff(std::span<const std::string_view> from,
                                               std::span<const std::string_view> to,
                                               uint64_t most_looks = kMostLooks);

// Changes that are told together, with three common lines before, between and after, as `diff -u`
// has it.
using Hunk = std::span<const DiffLine>;
std::vector<Hunk> hunks_of(std::span<const DiffLine> lines);

// "@@ -1,4 +1,5 @@"
std::string header_of(Hunk hunk);

}  // namespace backstep
