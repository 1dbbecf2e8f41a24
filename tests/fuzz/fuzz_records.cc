// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/text.h"
#include "fuzz/fuzz.h"
#include "store/archive/incoming_set.h"

namespace backstep::fuzz {
namespace {

std::set<std::string> lines_of(std::string_view text) {
  const std::vector<std::string> lines = split(text, '\n');
  return {lines.begin(), lines.end()};
}

// Up to the first line of two dashes is ours, the rest came in an archive.
constexpr std::string_view kBetween = "\n--\n";

}  // namespace

void try_input(std::string_view bytes) {
  const size_t between = bytes.find(kBetween);
  if (between == std::string_view::npos) return;
  const std::string_view ours = bytes.substr(0, between + 1);
  const std::string_view other = bytes.substr(between + kBetween.size());
  const MergedRecords merged = merge_records(ours, other);
  if (merged.added > 0) ++accepted;
  const std::set<std::string> known = lines_of(merged.text);
  for (const std::string& line : lines_of(whole_lines(ours))) {
    require(known.contains(line) || line.empty(), "no line of ours is lost", line);
  }
  require(merged.text.empty() || merged.text.ends_with('\n'), "merged records end whole");
  const MergedRecords again = merge_records(merged.text, other);
  require(again.added == 0 && again.text == merged.text, "merging again adds nothing");
}

}  // namespace backstep::fuzz
