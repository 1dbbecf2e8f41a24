// SPDX-License-Identifier: Apache-2.0
#include "store/archive/incoming_set.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "store/records/line_file.h"

namespace backstep {
namespace {

// No more machines make a set in one second, and a forged archive must not keep us busy.
constexpr int64_t kMostSteps = 1'000;

int64_t last_wanted(int64_t wanted) { return std::min(wanted + kMostSteps, *seconds_of_id("9999-12-31_23-59-59")); }

// Sequence and run: by what a line is put in order.
using Place = std::pair<int64_t, std::string>;

struct Line {
  Place place;
  std::string_view text;
};

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
  for (std::string_view line : lines_in(text)) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.empty()) continue;
    std::optional<Place> place = place_of(line);
    if (!place && broken != nullptr) {
      ++*broken;
      continue;
    }
    if (place) last = std::move(*place);
    lines.push_back({last, line});
  }
  return lines;
}

}  // namespace

MergedIds::MergedIds(const Store* store, const Catalog& catalog) {
  if (store == nullptr) return;
  for (const SetRef& ref : store->list_sets()) {
    const int64_t at = *seconds_of_id(ref.id);
    holders_[at] = {"", at, ref};
  }
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.state != CatalogEntry::State::kComplete) continue;
    holders_[*seconds_of_id(entry.ref.id)] = {entry.manifest.uid, entry.manifest.time, entry.ref};
  }
}

bool MergedIds::is_gap_of_a_smaller_one(const Holder& holder, int64_t at) const {
  return std::any_of(holders_.upper_bound(at), holders_.upper_bound(at + kMostSteps), [&](const auto& later) {
    const Holder& other = later.second;
    return other.wanted <= at && !other.uid.empty() && other.uid < holder.uid;
  });
}

bool MergedIds::may_have(const Holder& holder, int64_t at) const {
  const auto found = holders_.find(at);
  if (found == holders_.end()) return !is_gap_of_a_smaller_one(holder, at);
  return holder.uid < found->second.uid;
}

std::optional<MergedIds::Placed> MergedIds::place(const Manifest& manifest, const SetRef& there) {
  const int64_t known = *seconds_of_id(there.id);
  if (manifest.uid.empty()) return place({"", known, there}, known, known);
  const int64_t wanted = manifest.time;
  const int64_t until = last_wanted(wanted);
  // There it lost to those before it, wherever they are by now.
  const int64_t from = known > wanted && known <= until ? known : wanted;
  return place({manifest.uid, wanted, there}, from, until);
}

// Deferred acceptance: whoever is displaced goes on from there, until somebody finds a free name.
std::optional<MergedIds::Placed> MergedIds::place(Holder newcomer, int64_t from, int64_t until) {
  std::vector<Step> steps;
  Holder holder = std::move(newcomer);
  for (int64_t at = from; at <= until; ++at) {
    if (!may_have(holder, at)) continue;
    steps.push_back({at, std::move(holder)});
    const auto displaced = holders_.find(at);
    if (displaced == holders_.end()) return settle(std::move(steps));
    holder = displaced->second;
    until = std::max(until, last_wanted(holder.wanted));
  }
  return std::nullopt;
}

std::optional<MergedIds::Placed> MergedIds::settle(std::vector<Step> steps) {
  Placed placed{id_of_seconds(steps.front().at), {}};
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    Holder& holder = step->holder;
    const std::string id = id_of_seconds(step->at);
    if (&*step != &steps.front()) placed.moves.push_back({holder.ref, id});
    holder.ref.id = id;
    holders_[step->at] = std::move(holder);
  }
  return placed;
}

void rename_set(const Store& store, const MergedIds::Move& move) {
  const Directory& shelf = store.shelf(move.from.shelf);
  shelf.rename(move.from.id, shelf, move.to, IfExists::kFail);
  shelf.sync();
}

std::string_view whole_lines(std::string_view text) {
  const std::string_view last = text.substr(text.rfind('\n') + 1);
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
  std::ranges::stable_sort(kept, {}, &Line::place);
  for (const Line& line : kept) merged.text.append(line.text).append("\n");
  return merged;
}

}  // namespace backstep
