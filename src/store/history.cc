// SPDX-License-Identifier: Apache-2.0
#include "store/history.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "store/line_file.h"
#include "store/manifest_line.h"
#include "store/set_id.h"
#include "store/time_text.h"

namespace backstep {
namespace {

constexpr const char* kHistoryFile = "history.jsonl";

using Event = HistoryLine::Event;

struct EventName {
  Event event;
  std::string_view name;
};

constexpr std::array<EventName, 7> kEventNames{{
    {Event::kBegun, "begun"},
    {Event::kAccepted, "accepted"},
    {Event::kRolledBack, "rolled_back"},
    {Event::kUnrestored, "unrestored"},
    {Event::kNothingToRollBackTo, "nothing_to_roll_back_to"},
    {Event::kRestored, "restored"},
    {Event::kKept, "kept"},
}};

Event event_of(const std::string& name) {
  for (const EventName& known : kEventNames) {
    if (known.name == name) return known.event;
  }
  throw Error(ExitCode::kDamaged, "event " + in_quotes(name) + " is unknown");
}

struct TextMember {
  std::string_view key;
  std::string HistoryLine::*member;
};

constexpr std::array<TextMember, 11> kTexts{{
    {"verb", &HistoryLine::verb},
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
}};

Json encode(const HistoryLine& event) {
  Json line;
  line.set("format", LineFile::kFormat);
  line.set("run", event.run);
  line.set("event", name_of(event.event));
  line.set("time", utc_text(event.time));
  line.set("exit_code", event.exit_code);
  for (const TextMember& text : kTexts) {
    if (!(event.*text.member).empty()) line.set(text.key, event.*text.member);
  }
  return line;
}

void require_digest(const std::string& digest) {
  if (digest.empty() || is_sha256_hex(digest)) return;
  throw Error(ExitCode::kDamaged, in_quotes(digest) + " is no digest");
}

// What names no set is told to nobody: it would stand in a command to type next.
void drop_odd_labels(HistoryLine& line) {
  for (std::string* label : {&line.backup, &line.restored_from, &line.evidence}) {
    if (!is_set_label(*label)) label->clear();
  }
}

HistoryLine decode_history(const Json& line) {
  HistoryLine event;
  event.run = line.text("run");
  if (!is_set_id(event.run)) throw Error(ExitCode::kDamaged, "the run is no id");
  event.event = event_of(line.text("event"));
  event.time = seconds_of_utc_text(line.text("time")).value_or(0);
  event.exit_code = static_cast<int>(line.number_or("exit_code", 0));
  for (const TextMember& text : kTexts) event.*text.member = line.text_or(text.key, "");
  require_digest(event.digest);
  require_digest(event.live);
  drop_odd_labels(event);
  return event;
}

std::vector<HistoryLine> decode_all(const LineFile& file, int* broken_lines) {
  int broken = file.broken;
  std::vector<HistoryLine> history;
  history.reserve(file.lines.size());
  for (const Json& line : file.lines) {
    try {
      history.push_back(decode_history(line));
    } catch (const Error&) {
      ++broken;
    }
  }
  if (broken_lines != nullptr) *broken_lines = broken;
  return history;
}

}  // namespace

std::string_view name_of(HistoryLine::Event event) {
  for (const EventName& known : kEventNames) {
    if (known.event == event) return known.name;
  }
  return "";
}

std::vector<HistoryLine> load_history(const Store& store, int* broken_lines) {
  return decode_all(read_line_file(store, kHistoryFile), broken_lines);
}

std::vector<HistoryLine> history_about(const Store& store, std::string_view name) {
  return decode_all(read_line_file(store, kHistoryFile, name), nullptr);
}

std::string latest_run(const Store& store, std::string_view until) {
  constexpr std::string_view kKey = "\"run\":";
  std::string latest;
  for_each_line(store, kHistoryFile, [&](std::string_view line) {
    const size_t key = line.find(kKey);
    const size_t quote = key == line.npos ? line.npos : line.find('"', key + kKey.size());
    if (quote == line.npos) return;
    const std::string_view run = line.substr(quote + 1, until.size());
    if (run > latest && run <= until && is_set_id(run)) latest = run;
  });
  return latest;
}

void append_history(const Store& store, const HistoryLine& line) {
  const bool begins = line.event == Event::kBegun;
  for (const HistoryLine& earlier : history_about(store, line.run)) {
    if (earlier.run == line.run && (earlier.event == Event::kBegun) == begins) return;
  }
  append_to_line_file(store, kHistoryFile, encode(line));
}

std::optional<HistoryLine> unfinished_begin(const std::vector<HistoryLine>& history,
                                            const std::string& owner) {
  std::set<std::string_view> ended;
  for (auto line = history.rbegin(); line != history.rend(); ++line) {
    if (line->event != Event::kBegun) {
      ended.insert(line->run);
    } else if (line->owner == owner) {
      return ended.contains(line->run) ? std::nullopt : std::optional(*line);
    }
  }
  return std::nullopt;
}

}  // namespace backstep
