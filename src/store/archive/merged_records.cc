// SPDX-License-Identifier: Apache-2.0
#include "store/archive/merged_records.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "store/records/line_file.h"
#include "store/set_id.h"

namespace backstep {
namespace {

// Sequence and run: by what a line is put in order.
using Place = std::pair<int64_t, std::string>;

struct Line {
  Place place;
  std::string_view text;
};

bool before(const Line& a, const Line& b) {
  return a.place < b.place;
}

// nullopt: none of ours.
std::optional<Place> place_of(std::string_view text) {
  try {
    const Json line = Json::parse(text);
    Place place(line.number("sequence"), line.text("run"));
    if (line.number("format") < 1 || !is_sequence(place.first) || !is_uid(place.second)) {
      return std::nullopt;
    }
    return place;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::vector<Line> lines_of(std::string_view text, size_t* broken) {
  std::vector<Line> lines;
  Place last;
  for_each_line(text, [&](std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.empty()) return;
    std::optional<Place> place = place_of(line);
    if (!place && broken != nullptr) {
      ++*broken;
      return;
    }
    if (place) last = std::move(*place);
    lines.push_back({last, line});
  });
  return lines;
}

}  // namespace

std::string_view whole_lines(std::string_view text) {
  const size_t end = text.rfind('\n');
  const std::string_view last = end == std::string_view::npos ? text : text.substr(end + 1);
  return place_of(last) ? text : text.substr(0, text.size() - last.size());
}

MergedRecords merge_records(std::string_view ours, std::string_view other) {
  MergedRecords merged;
  std::vector<Line> kept = lines_of(whole_lines(ours), nullptr);
  std::vector<Line> added = lines_of(whole_lines(other), &merged.broken);
  std::set<std::string_view> known;
  const auto is_known = [&](const Line& line) { return !known.insert(line.text).second; };
  std::erase_if(kept, is_known);
  std::erase_if(added, is_known);
  merged.added = added.size();
  kept.insert(kept.end(), added.begin(), added.end());
  std::ranges::stable_sort(kept, before);
  for (const Line& line : kept) merged.text.append(line.text).append("\n");
  return merged;
}

}  // namespace backstep
