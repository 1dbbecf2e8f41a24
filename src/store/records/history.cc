// SPDX-License-Identifier: Apache-2.0
#include "store/records/history.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "store/records/line_file.h"
#include "store/records/new_names.h"
#include "store/set_id.h"
#include "store/sets/manifest.h"
#include "system/files/staged_file.h"
#include "system/files/writable.h"

namespace backstep {
namespace {

constexpr const char* kStoreFile = "store";
constexpr size_t kLongestStoreName = 64;

using Event = HistoryLine::Event;

// In the order of their enums.
constexpr std::array<std::string_view, 7> kEventNames = {
    "begun", "accepted", "rolled_back", "unrestored", "nothing_to_roll_back_to", "restored", "kept"};
constexpr std::array<std::string_view, 4> kRunVerbs = {"run", "begin", "rollback", "backup"};

Event event_of(const std::string& name) {
  const auto known = std::ranges::find(kEventNames, name);
  if (known == kEventNames.end()) refuse_damaged("event " + in_quotes(name) + " is unknown");
  return static_cast<Event>(known - kEventNames.begin());
}

struct TextMember {
  std::string_view key;
  std::string HistoryLine::*member;
};

constexpr std::array<TextMember, 11> kTexts{{
    {"owner", &HistoryLine::owner},
    {"actor", &HistoryLine::actor},
    {"url", &HistoryLine::url},
    {"commit", &HistoryLine::commit},
    {"digest", &HistoryLine::digest},
    {"backup", &HistoryLine::backup},
    {"restored_from", &HistoryLine::restored_from},
    {"evidence", &HistoryLine::evidence},
    {"reason", &HistoryLine::reason},
    {"live", &HistoryLine::live},
    {"store", &HistoryLine::store},
}};

Json encode(const HistoryLine& event) {
  Json line;
  line.set("format", kLineFormat);
  line.set("run", event.run);
  line.set("sequence", event.sequence);
  line.set("event", name_of(event.event));
  line.set("verb", name_of(event.verb));
  line.set("time", utc_text(event.time));
  line.set("exit_code", event.exit_code);
  for (const TextMember& text : kTexts) {
    if (!(event.*text.member).empty()) line.set(text.key, event.*text.member);
  }
  return line;
}

void require_digest(const std::string& digest) {
  if (!digest.empty() && !ContentHash::from_hex(digest)) {
    refuse_damaged(in_quotes(digest) + " is no digest");
  }
}

std::array<std::string*, 3> sets_of(HistoryLine& line) { return {&line.backup, &line.restored_from, &line.evidence}; }

HistoryLine decode_history(const Json& line, size_t place) {
  HistoryLine event;
  event.place = place;
  event.run = line.text("run");
  event.sequence = line.number("sequence");
  if (!is_uid(event.run) || !is_sequence(event.sequence)) refuse_damaged("the run has no uid");
  event.event = event_of(line.text("event"));
  event.verb = run_verb_named(line.text("verb"));
  event.time = seconds_of_utc_text(line.text("time")).value_or(0);
  event.exit_code = static_cast<int>(line.number_or("exit_code", 0));
  for (const TextMember& text : kTexts) event.*text.member = line.text_or(text.key, "");
  require_digest(event.digest);
  require_digest(event.live);
  for (std::string* set : sets_of(event)) {
    if (!names_set(*set)) set->clear();
  }
  return event;
}

// "" before it has written a line: then it is of whoever wrote what it was given.
std::string name_of_store(const Store& store) {
  return std::string(trimmed(store.read_control_file(kStoreFile, kLongestStoreName).value_or("")));
}

std::string name_to_write(const Store& store) {
  std::string name = name_of_store(store);
  if (!name.empty()) return name;
  name = new_uid();
  write_file_durably(store.control(), kStoreFile, name + "\n", store.owner());
  return name;
}

}  // namespace

std::string_view name_of(RunVerb verb) { return kRunVerbs.at(static_cast<size_t>(verb)); }

RunVerb run_verb_named(std::string_view name) {
  const auto known = std::ranges::find(kRunVerbs, name);
  if (known == kRunVerbs.end()) refuse_damaged("unknown verb " + in_quotes(name));
  return static_cast<RunVerb>(known - kRunVerbs.begin());
}

std::string_view name_of(HistoryLine::Event event) { return kEventNames.at(static_cast<size_t>(event)); }

std::vector<HistoryLine> load_history(const Store& store, int* broken_lines) {
  std::vector<HistoryLine> history = history_about(store, "", broken_lines);
  // An import brings what other stores wrote, and what is live here is no matter of theirs; but one
  // that has written nothing yet goes on where they stopped.
  const std::string own = name_of_store(store);
  for (HistoryLine& line : history) line.here = own.empty() || line.store == own;
  return history;
}

std::vector<HistoryLine> labelled_history(const Store& store, const Catalog& catalog, int* broken_lines) {
  std::map<std::string_view, std::string> labels;
  for (const CatalogEntry& entry : catalog.entries) {
    labels.emplace(entry.manifest.name(), entry.ref.label());
  }
  std::vector<HistoryLine> history = load_history(store, broken_lines);
  for (HistoryLine& line : history) {
    for (std::string* set : sets_of(line)) {
      const auto label = labels.find(*set);
      *set = label == labels.end() ? std::string() : label->second;
    }
  }
  return history;
}

std::vector<HistoryLine> history_about(const Store& store, std::string_view name, int* broken_lines) {
  std::vector<HistoryLine> history;
  const auto take = [&](const Json& line, size_t place) { history.push_back(decode_history(line, place)); };
  const int broken = read_lines(store, kHistoryFile, take, name);
  if (broken_lines != nullptr) *broken_lines = broken;
  return history;
}

void append_history(const Store& store, HistoryLine line, SyncBatch* disk) {
  const bool begins = line.event == Event::kBegun;
  for (const HistoryLine& earlier : history_about(store, line.run)) {
    if (earlier.run == line.run && (earlier.event == Event::kBegun) == begins) return;
  }
  line.sequence = next_sequence(store);
  line.store = name_to_write(store);
  store.append_records(kHistoryFile, encode(line).dump(), disk);
}

void hold_room_for_records(const Store& store) {
  constexpr uint64_t kLines = uint64_t{4} << 10;
  name_to_write(store);
  for (const char* name : kRecordNames) {
    auto [file, status] = open_to_append(store.control(), name, store.owner());
    const std::string shown = store.control().shown(name);
    if (status.size == 0) write_in_place(file.get());
    hold_bytes(file.get(), status.size, kLines, shown);
    file.close(shown);
  }
}

std::optional<HistoryLine> unfinished_begin(const std::vector<HistoryLine>& history, const std::string& owner) {
  std::set<std::string_view> ended;
  int64_t newest = 0;
  const auto past = history.size() - std::min(history.size(), kBoundedPast);
  for (auto line = history.rbegin(); line != history.rend() - past; ++line) {
    if (line->event != Event::kBegun) {
      ended.insert(line->run);
    } else if (line->owner == owner) {
      if (line->sequence < newest) return std::nullopt;
      if (!ended.contains(line->run)) return *line;
      newest = line->sequence;
    }
  }
  return std::nullopt;
}

}  // namespace backstep
