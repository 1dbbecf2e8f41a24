// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include "support/catch.h"

using namespace backstep;

namespace {

struct Change {
  size_t from = 0;
  size_t removed = 0;
  size_t to = 0;
  size_t added = 0;
};

std::vector<DiffLine> lines_with(std::vector<Change> changes, size_t from_lines, size_t to_lines) {
  changes.push_back({from_lines, 0, to_lines, 0});
  std::vector<DiffLine> lines;
  size_t from = 0;
  size_t to = 0;
  for (const Change& change : changes) {
    while (from < change.from) lines.push_back({' ', from++, to++});
    while (from < change.from + change.removed) lines.push_back({'-', from++, to});
    while (to < change.to + change.added) lines.push_back({'+', from, to++});
  }
  return lines;
}

// "@@ -1,2 +1,2 @@ 0-1+1": kinds and numbers of the lines.
std::string in_one_line(const std::vector<Change>& changes, size_t from_lines, size_t to_lines) {
  const std::vector<DiffLine> lines = lines_with(changes, from_lines, to_lines);
  std::string text;
  for (const Hunk& hunk : hunks_of(lines)) {
    text += header_of(hunk);
    for (const DiffLine& line : hunk) {
      text += line.kind == ' ' ? " " : std::string(" ") + line.kind;
      text += std::to_string(line.kind == '-' ? line.from : line.to);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("UnifiedDiff: three lines stand around a change, and no more than there are", "[report][unified_diff]") {
  CHECK(in_one_line({}, 5, 5).empty());
  CHECK(in_one_line({{9, 1, 9, 2}}, 20, 21) == "@@ -7,7 +7,8 @@ 6 7 8 -9 +9 +10 11 12 13\n");
  CHECK(in_one_line({{1, 1, 1, 1}}, 3, 3) == "@@ -1,3 +1,3 @@ 0 -1 +1 2\n");
}

TEST_CASE("UnifiedDiff: ranges are written as diff writes them", "[report][unified_diff]") {
  CHECK(in_one_line({{0, 0, 0, 2}}, 0, 2) == "@@ -0,0 +1,2 @@ +0 +1\n");
  CHECK(in_one_line({{0, 1, 0, 0}}, 1, 0) == "@@ -1 +0,0 @@ -0\n");
  CHECK(in_one_line({{0, 1, 0, 1}}, 1, 1) == "@@ -1 +1 @@ -0 +0\n");
}

TEST_CASE("UnifiedDiff: changes are told together as long as their surroundings touch", "[report][unified_diff]") {
  CHECK(in_one_line({{3, 1, 3, 1}, {10, 1, 10, 1}}, 14, 14) ==
        "@@ -1,14 +1,14 @@ 0 1 2 -3 +3 4 5 6 7 8 9 -10 +10 11 12 13\n");
  CHECK(in_one_line({{3, 1, 3, 0}, {11, 0, 10, 1}}, 15, 15) ==
        "@@ -1,7 +1,6 @@ 0 1 2 -3 3 4 5\n@@ -9,6 +8,7 @@ 7 8 9 +10 11 12 13\n");
}
