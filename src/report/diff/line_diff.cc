// SPDX-License-Identifier: Apache-2.0
#include "report/diff/file_diff.h"

#include <fmt/core.h>
#include <dtl/dtl.hpp>

#include <algorithm>
#include <unordered_set>

namespace backstep {
namespace {

using Contents = std::unordered_set<std::string_view>;

struct Line {
  const std::string_view* content;  // in one set of both sides' lines: the same for the same line
  size_t place;
};

// Lines that only one side has are changed whatever the others are, and left out of the search.
std::vector<Line> shared_lines(LineSpan lines, const Contents& contents, const Contents& others) {
  std::vector<Line> shared;
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto content = contents.find(lines[i]);
    if (content == contents.end() || !others.contains(lines[i])) continue;
    shared.push_back({&*content, i});
  }
  return shared;
}

// What the search asks of a line of each side. When no look is left all is alike, and so it comes
// to its end at once: it would leak what it holds if an exception ended it.
struct SameLine {
  uint64_t* looks_left;

  bool impl(const Line& from, const Line& to) const {
    if (*looks_left == 0) return true;
    --*looks_left;
    return from.content == to.content;
  }
};

struct CommonLine {
  size_t from;
  size_t to;
};

// The search takes each common line as soon as it can. So a block that repeats its neighbours,
// which may be said to stand at several places, stands at the last of them, as `diff` tells it: a
// function that was added is shown from its first line to its last.
std::optional<std::vector<CommonLine>> common_lines(LineSpan from_lines, LineSpan to_lines, uint64_t looks_left) {
  const Contents contents(from_lines.begin(), from_lines.end());
  const Contents others(to_lines.begin(), to_lines.end());
  const std::vector<Line> from = shared_lines(from_lines, contents, others);
  const std::vector<Line> to = shared_lines(to_lines, contents, contents);
  dtl::Diff<Line, std::vector<Line>, SameLine> search(from, to, SameLine{&looks_left});
  search.compose();
  if (looks_left == 0) return std::nullopt;
  std::vector<CommonLine> common;
  auto other = to.begin();
  for (const auto& [line, edit] : search.getSes().getSequence()) {
    if (edit.type == dtl::SES_COMMON) common.push_back({line.place, other->place});
    if (edit.type != dtl::SES_DELETE) ++other;
  }
  return common;
}

constexpr size_t kContext = 3;

// Where nothing is, the line before it is named: "0,0" at the start.
std::string range(size_t first, size_t end) {
  const size_t count = end - first;
  if (count == 1) return std::to_string(end);
  return fmt::format("{},{}", count == 0 ? first : first + 1, count);
}

}  // namespace

std::optional<std::vector<DiffLine>> line_diff(LineSpan from, LineSpan to, uint64_t most_looks) {
  auto common = common_lines(from, to, most_looks);
  if (!common) return std::nullopt;
  common->push_back({from.size(), to.size()});
  std::vector<DiffLine> lines;
  CommonLine at{0, 0};
  for (const CommonLine& next : *common) {
    while (at.from < next.from) lines.push_back({'-', at.from++, at.to});
    while (at.to < next.to) lines.push_back({'+', at.from, at.to++});
    lines.push_back({' ', at.from++, at.to++});
  }
  lines.pop_back();  // the common end is no line
  return lines;
}

std::vector<Hunk> hunks_of(std::span<const DiffLine> lines) {
  std::vector<Hunk> hunks;
  size_t first = 0;
  size_t end = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == ' ') continue;
    const size_t before = i - std::min(i, kContext);
    if (hunks.empty() || before > end) {
      first = before;
      hunks.emplace_back();
    }
    end = std::min(i + 1 + kContext, lines.size());
    hunks.back() = lines.subspan(first, end - first);
  }
  return hunks;
}

std::string header_of(Hunk hunk) {
  const DiffLine& first = hunk.front();
  const DiffLine& last = hunk.back();
  return fmt::format("@@ -{} +{} @@", range(first.from, last.from + (last.kind == '+' ? 0 : 1)),
                     range(first.to, last.to + (last.kind == '-' ? 0 : 1)));
}

}  // namespace backstep
