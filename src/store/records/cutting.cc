// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <tuple>

#include "base/text.h"
#include "store/records/history.h"
#include "store/records/line_file.h"
#include "store/records/verdicts.h"

namespace backstep {
namespace {

using Version = std::pair<std::string, std::string>;  // service, or "" for a whole set; digest

bool is_long(const Store& store, const char* name) {
  const auto lines = static_cast<size_t>(std::ranges::count(store.read_records(name), '\n'));
  return lines > 2 * kBoundedPast && lines > 2 * (kBoundedPast + store.list_sets().size());
}

template <typename Line>
void cut(const Store& store, const char* name, const std::vector<Line>& lines, const std::set<const Line*>& needed) {
  if (lines.size() < needed.size() + kBoundedPast) return;
  std::set<size_t> leaving;
  for (const Line& line : lines) {
    if (!needed.contains(&line)) leaving.insert(line.place);
  }
  std::string kept;
  size_t place = 0;
  for (const std::string_view line : lines_in(store.read_records(name))) {
    if (!leaving.contains(place++)) kept += line;
  }
  store.replace_records(name, kept);
}

// Each kind apart: many passes must not push out the few failures, nor checks what a person said.
std::set<Version> judged_of_late(const std::vector<VerdictLine>& lines) {
  std::map<std::tuple<std::string, bool, bool>, std::set<std::string>> kinds;
  std::set<Version> versions;
  for (const VerdictLine& line : std::views::reverse(lines)) {
    std::set<std::string>& kind = kinds[{line.service, line.by_human, line.good}];
    if (kind.size() == kBoundedPast) continue;
    kind.insert(line.digest);
    versions.emplace(line.service, line.digest);
  }
  return versions;
}

void cut_verdicts(const Store& store, const Catalog& catalog) {
  const Verdicts verdicts = Verdicts::load(store);
  const std::vector<VerdictLine>& lines = verdicts.lines();
  std::set<Version> versions = judged_of_late(lines);
  for (const CatalogEntry& entry : catalog.entries) versions.emplace("", entry.manifest.digest);
  std::set<const VerdictLine*> needed;
  std::set<std::tuple<Version, bool, bool, bool>> seen;
  for (const VerdictLine& line : std::views::reverse(lines)) {
    const Version version(line.service, line.digest);
    const bool newest = seen.emplace(version, line.by_human, line.good, !line.commit.empty()).second;
    const bool decides = line.service.empty() && verdicts.deciding(line.digest) == &line;
    if ((newest || decides) && versions.contains(version)) needed.insert(&line);
  }
  cut(store, kVerdictsFile, lines, needed);
}

void cut_history(const Store& store, const Catalog& catalog) {
  const std::vector<HistoryLine> history = labelled_history(store, catalog);
  const LiveVersion live = live_version(history, catalog).value_or(LiveVersion{});
  std::set<const HistoryLine*> needed = {live.put_live,        live.deployed,
                                         live.before,          put_live_before(history, catalog, live.digest),
                                         last_change(history), last_failure(history)};
  for (const CatalogEntry& entry : catalog.entries) {
    needed.insert(deploy_of(history, entry.manifest.digest));
  }
  std::set<std::pair<std::string_view, bool>> seen;
  for (const HistoryLine& line : std::views::reverse(history)) {
    const bool newest = seen.emplace(line.run, line.event == HistoryLine::Event::kBegun).second;
    const bool stored = !line.backup.empty() || !line.evidence.empty();
    const bool late = static_cast<size_t>(&history.back() - &line) < kBoundedPast;
    if (late || (stored && newest)) needed.insert(&line);
  }
  cut(store, kHistoryFile, history, needed);
}

}  // namespace

void cut_records(const Store& store) {
  if (is_long(store, kVerdictsFile)) cut_verdicts(store, read_catalog(store));
  if (is_long(store, kHistoryFile)) cut_history(store, read_catalog(store));
}

}  // namespace backstep
