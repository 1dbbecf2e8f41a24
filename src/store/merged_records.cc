// SPDX-License-Identifier: Apache-2.0
#include "store/merged_records.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "store/time_text.h"

namespace backstep {
namespace {

// A line and the moment by which it is put in order.
struct Line {
  int64_t time = 0;
  std::string_view text;
};

bool before(const Line& a, const Line& b) {
  return a.time < b.time;
}

// nullopt: none of ours.
std::optional<int64_t> time_of(std::string_view text) {
  try {
    const Json line = Json::parse(text);
    if (line.number("format") < 1 || line.text("run").empty()) return std::nullopt;
    return seconds_of_utc_text(line.text("time"));
  } catch (const Error&) {
    return std::nullopt;
  }
}

// A clock that was set back must not change the order in which a file was written: no line is
// earlier than the one before it.
std::vector<Line> lines_of(std::string_view text, size_t* broken) {
  std::vector<Line> lines;
  int64_t latest = std::numeric_limits<int64_t>::min();
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty()) continue;
    const std::optional<int64_t> time = time_of(line);
    if (!time && broken != nullptr) {
      ++*broken;
      continue;
    }
    latest = std::max(latest, time.value_or(latest));
    lines.push_back({latest, line});
  }
  return lines;
}

}  // namespace

std::string_view whole_lines(std::string_view text) {
  const size_t end = text.rfind('\n');
  const std::string_view last = end == std::string_view::npos ? text : text.substr(end + 1);
  return time_of(last) ? text : text.substr(0, text.size() - last.size());
}

MergedRecords merge_records(std::string_view ours, std::string_view other) {
  MergedRecords merged;
  const std::vector<Line> kept = lines_of(whole_lines(ours), nullptr);
  std::vector<Line> added = lines_of(whole_lines(other), &merged.broken);
  std::set<std::string_view> known;
  for (const Line& line : kept) known.insert(line.text);
  std::erase_if(added, [&](const Line& line) { return !known.insert(line.text).second; });
  merged.added = added.size();
  std::vector<Line> all;
  all.reserve(kept.size() + added.size());
  std::merge(kept.begin(), kept.end(), added.begin(), added.end(), std::back_inserter(all), before);
  for (const Line& line : all) merged.text.append(line.text).append("\n");
  return merged;
}

std::string read_records(const Store& store, std::string_view name) {
  return store.read_control_file(name, kLargestRecords).value_or("");
}

}  // namespace backstep
