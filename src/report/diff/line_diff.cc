// SPDX-License-Identifier: Apache-2.0
#include "report/diff/line_diff.h"

#include <fmt/core.h>

#include <algorithm>
#include <unordered_map>

namespace backstep {
namespace {

using LineSpan = std::span<const std::string_view>;

using Numbers = std::unordered_map<std::string_view, uint32_t>;

struct Numbered {
  std::vector<uint32_t> numbers;  // the same for the same line
  std::vector<size_t> places;     // where each stands
};

Numbers numbers_of(LineSpan lines) {
  Numbers numbers;
  for (const std::string_view line : lines) {
    numbers.try_emplace(line, static_cast<uint32_t>(numbers.size()));
  }
  return numbers;
}

// Lines that only one side has are changed whatever the others are, and left out of the search.
Numbered shared_lines(LineSpan lines, const Numbers& numbers, const Numbers& other) {
  Numbered shared;
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto found = numbers.find(lines[i]);
    if (found == numbers.end() || !other.contains(lines[i])) continue;
    shared.numbers.push_back(found->second);
    shared.places.push_back(i);
  }
  return shared;
}

// Marked are all but those that the search found to be common.
std::vector<bool> marks_of(const Numbered& side, const std::vector<bool>& marked, size_t size) {
  std::vector<bool> marks(size, true);
  for (size_t i = 0; i < side.places.size(); ++i) marks[side.places[i]] = marked[i];
  return marks;
}

std::vector<LineChange> runs_of(const EditScript& script) {
  std::vector<LineChange> runs;
  size_t from = 0;
  size_t to = 0;
  while (from < script.removed.size() || to < script.added.size()) {
    LineChange run{from, 0, to, 0};
    while (from < script.removed.size() && script.removed[from]) ++from, ++run.removed;
    while (to < script.added.size() && script.added[to]) ++to, ++run.added;
    if (run.removed + run.added > 0) runs.push_back(run);
    ++from;
    ++to;
  }
  return runs;
}

struct Sides {
  LineSpan from;
  LineSpan to;
};

// Where a block repeats its neighbours it may be said to stand at several places. The last of them
// is how `diff` tells it: a function that was added is shown from its first line to its last.
void slide_down(LineChange& change, const Sides& sides, const LineChange& next) {
  if (change.removed > 0 && change.added > 0) return;
  const bool adds = change.added > 0;
  const LineSpan lines = adds ? sides.to : sides.from;
  const size_t size = adds ? change.added : change.removed;
  const size_t end = adds ? next.to : next.from;
  size_t first = adds ? change.to : change.from;
  for (; first + size < end && lines[first] == lines[first + size]; ++first) {
    ++change.from;
    ++change.to;
  }
}

std::vector<LineChange> slid_down(const std::vector<LineChange>& changes, const Sides& sides) {
  std::vector<LineChange> result;
  LineChange next{sides.from.size(), 0, sides.to.size(), 0};
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    LineChange slid = *change;
    slide_down(slid, sides, next);
    const bool touches = !result.empty() && slid.from + slid.removed == next.from;
    if (touches) {
      slid.removed += next.removed;
      slid.added += next.added;
      result.pop_back();
    }
    result.push_back(slid);
    next = slid;
  }
  std::ranges::reverse(result);
  return result;
}

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

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

std::optional<std::vector<LineChange>> line_changes(LineSpan from, LineSpan to,
                                                    uint64_t most_steps) {
  const auto same_start = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  const auto head = static_cast<size_t>(same_start.first - from.begin());
  const LineSpan from_rest = from.subspan(head);
  const LineSpan to_rest = to.subspan(head);
  const auto same_end =
      std::mismatch(from_rest.rbegin(), from_rest.rend(), to_rest.rbegin(), to_rest.rend());
  const auto tail = static_cast<size_t>(same_end.first - from_rest.rbegin());
  const LineSpan from_middle = from_rest.first(from_rest.size() - tail);
  const LineSpan to_middle = to_rest.first(to_rest.size() - tail);
  const Numbers numbers = numbers_of(from_middle);
  const Numbered from_shared = shared_lines(from_middle, numbers, numbers_of(to_middle));
  const Numbered to_shared = shared_lines(to_middle, numbers, numbers);
  const auto script = edit_script(from_shared.numbers, to_shared.numbers, most_steps);
  if (!script) return std::nullopt;
  std::vector<LineChange> changes =
      runs_of({marks_of(from_shared, script->removed, from_middle.size()),
               marks_of(to_shared, script->added, to_middle.size())});
  for (LineChange& change : changes) {
    change.from += head;
    change.to += head;
  }
  return slid_down(changes, {from, to});
}

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
