// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include <algorithm>
#include <random>
#include <string>

#include "support/catch.h"

using namespace backstep;

namespace {

// `removed` lines of the first text, from line `from` on, in whose place `added` lines of the
// second stand, from line `to` on.
struct LineChange {
  size_t from = 0;
  size_t removed = 0;
  size_t to = 0;
  size_t added = 0;
  bool operator==(const LineChange&) const = default;
};

std::vector<LineChange> changes_in(const std::vector<DiffLine>& lines) {
  std::vector<LineChange> changes;
  bool goes_on = false;
  for (const DiffLine& line : lines) {
    if (line.kind != ' ') {
      if (!goes_on) changes.push_back({line.from, 0, line.to, 0});
      ++(line.kind == '-' ? changes.back().removed : changes.back().added);
    }
    goes_on = line.kind != ' ';
  }
  return changes;
}

std::vector<LineChange> changed(std::string_view from, std::string_view to) {
  const auto lines = line_diff(lines_in(from), lines_in(to));
  REQUIRE(lines);
  return changes_in(*lines);
}

std::string random_text(std::mt19937& chance) {
  std::string text;
  const size_t lines = chance() % 20;
  const uint32_t kinds = 1 + static_cast<uint32_t>(chance() % 12);
  for (size_t i = 0; i < lines; ++i) text += std::to_string(chance() % kinds) + "\n";
  if (chance() % 2 == 0 && !text.empty()) text.pop_back();
  return text;
}

std::string applied(const std::vector<LineChange>& changes, std::string_view from, std::string_view to) {
  const auto old_lines = lines_in(from);
  const auto new_lines = lines_in(to);
  std::string text;
  size_t at = 0;
  for (const LineChange& change : changes) {
    while (at < change.from) text += old_lines.at(at++);
    for (size_t i = 0; i < change.added; ++i) text += new_lines.at(change.to + i);
    at += change.removed;
  }
  while (at < old_lines.size()) text += old_lines.at(at++);
  return text;
}

// By the table of all pairs: slow, and beyond doubt.
size_t longest_common(std::string_view from, std::string_view to) {
  const auto new_lines = lines_in(to);
  std::vector<size_t> row(new_lines.size() + 1, 0);
  for (const std::string_view line : lines_in(from)) {
    size_t diagonal = 0;
    for (size_t j = 1; j < row.size(); ++j) {
      const size_t above = row[j];
      row[j] = line == new_lines[j - 1] ? diagonal + 1 : std::max(row[j], row[j - 1]);
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

TEST_CASE("LineDiff: the changes lead from the first text to the second", "[base][line_diff]") {
  std::mt19937 chance(42);
  for (int round = 0; round < 4000; ++round) {
    const std::string from = random_text(chance);
    const std::string to = random_text(chance);
    const std::vector<LineChange> changes = changed(from, to);
    INFO("from\n" << from << "\nto\n" << to);
    REQUIRE(applied(changes, from, to) == to);
    REQUIRE(changes.empty() == (from == to));
    size_t common = lines_in(from).size();
    for (const LineChange& change : changes) common -= change.removed;
    REQUIRE(common == longest_common(from, to));
    for (size_t i = 1; i < changes.size(); ++i) {
      REQUIRE(changes[i].from > changes[i - 1].from + changes[i - 1].removed);
    }
  }
}

TEST_CASE("LineDiff: many lines in another order are too different", "[base][line_diff]") {
  std::string from;
  std::string to;
  for (int i = 0; i < 1000; ++i) from += std::to_string(i) + "\n";
  for (int i = 1000; i-- > 0;) to += std::to_string(i) + "\n";
  CHECK_FALSE(line_diff(lines_in(from), lines_in(to), 10'000));
}

TEST_CASE("LineDiff: a search in pieces leads from the first text to the second too", "[base][line_diff]") {
  std::mt19937 chance(4711);
  std::string from;
  std::string to;
  for (int i = 0; i < 4000; ++i) {
    from += std::to_string(chance() % 3000) + "\n";
    to += std::to_string(chance() % 3000) + "\n";
  }
  CHECK(applied(changed(from, to), from, to) == to);
}

TEST_CASE("LineDiff: lines that only one side has cost nothing", "[base][line_diff]") {
  std::string from;
  std::string to;
  for (int i = 0; i < 1000; ++i) {
    from += "old " + std::to_string(i) + "\n";
    to += "new " + std::to_string(i) + "\n";
  }
  const auto lines = line_diff(lines_in(from + "end\n"), lines_in(to + "end\n"), 2);
  REQUIRE(lines);
  CHECK(changes_in(*lines) == std::vector{LineChange{0, 1000, 0, 1000}});
}

TEST_CASE("LineDiff: a line without its end is another line", "[base][line_diff]") {
  CHECK(lines_in("a\nb") == std::vector<std::string_view>{"a\n", "b"});
  CHECK(lines_in("").empty());
  CHECK(lines_in("\n\n").size() == 2);
  CHECK(changed("a\nb\n", "a\nb") == std::vector{LineChange{1, 1, 1, 1}});
}

TEST_CASE("LineDiff: a block that came in is told from its first line on", "[base][line_diff]") {
  const std::string one = "f() {\n  a\n}\n\n";
  const std::string two = "g() {\n  b\n}\n\n";
  CHECK(changed(one, one + two) == std::vector{LineChange{4, 0, 4, 4}});
  CHECK(changed("h\n" + one + "i\n", "h\n" + one + two + "i\n") == std::vector{LineChange{5, 0, 5, 4}});
  CHECK(changed("a\na\na\n", "a\na\n") == std::vector{LineChange{2, 1, 2, 0}});
}
