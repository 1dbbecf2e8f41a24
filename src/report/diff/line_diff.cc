// SPDX-License-Identifier: Apache-2.0
#include "report/diff/line_diff.h"

#include <algorithm>
#include <unordered_map>

#include "report/diff/edit_script.h"

namespace backstep {
namespace {

using Lines = std::span<const std::string_view>;

// Lines that only one side has: they are changed whatever the others are, and left out of the
// search.
struct Numbered {
  std::vector<uint32_t> numbers;  // the same for the same line
  std::vector<size_t> places;     // where each stands
};

struct NumberedPair {
  Numbered from;
  Numbered to;
};

NumberedPair without_lonely_lines(Lines from, Lines to) {
  struct Seen {
    uint32_t number;
    bool in_both = false;
  };
  std::unordered_map<std::string_view, Seen> seen;
  for (const std::string_view line : from) {
    seen.try_emplace(line, Seen{static_cast<uint32_t>(seen.size())});
  }
  NumberedPair pair;
  for (size_t i = 0; i < to.size(); ++i) {
    const auto found = seen.find(to[i]);
    if (found == seen.end()) continue;
    found->second.in_both = true;
    pair.to.numbers.push_back(found->second.number);
    pair.to.places.push_back(i);
  }
  for (size_t i = 0; i < from.size(); ++i) {
    const Seen& line = seen.at(from[i]);
    if (!line.in_both) continue;
    pair.from.numbers.push_back(line.number);
    pair.from.places.push_back(i);
  }
  return pair;
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
  Lines from;
  Lines to;
};

// Where a block repeats its neighbours it may be said to stand at several places. The last of them
// is how `diff` tells it: a function that was added is shown from its first line to its last.
void slide_down(LineChange& change, const Sides& sides, const LineChange& next) {
  if (change.removed > 0 && change.added > 0) return;
  const bool adds = change.added > 0;
  const Lines lines = adds ? sides.to : sides.from;
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
  std::reverse(result.begin(), result.end());
  return result;
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

std::optional<std::vector<LineChange>> line_changes(Lines from, Lines to, uint64_t most_steps) {
  const auto same_start = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  const auto head = static_cast<size_t>(same_start.first - from.begin());
  const Lines from_rest = from.subspan(head);
  const Lines to_rest = to.subspan(head);
  const auto same_end =
      std::mismatch(from_rest.rbegin(), from_rest.rend(), to_rest.rbegin(), to_rest.rend());
  const auto tail = static_cast<size_t>(same_end.first - from_rest.rbegin());
  const Lines from_middle = from_rest.first(from_rest.size() - tail);
  const Lines to_middle = to_rest.first(to_rest.size() - tail);
  const NumberedPair pair = without_lonely_lines(from_middle, to_middle);
  const auto script = edit_script(pair.from.numbers, pair.to.numbers, most_steps);
  if (!script) return std::nullopt;
  std::vector<LineChange> changes =
      runs_of({marks_of(pair.from, script->removed, from_middle.size()),
               marks_of(pair.to, script->added, to_middle.size())});
  for (LineChange& change : changes) {
    change.from += head;
    change.to += head;
  }
  return slid_down(changes, {from, to});
}

}  // namespace backstep
