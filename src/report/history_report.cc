// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/table.h"
#include "store/set_id.h"

namespace backstep {
const std::string& who(const HistoryLine& line) { return line.actor.empty() ? line.owner : line.actor; }

std::string from_run(const HistoryLine& line, size_t commit) {
  return fmt::format("by {}, run {}{}", who(line), line.run,
                     line.commit.empty() ? "" : ", commit " + line.commit.substr(0, commit));
}

std::string deploy_words(const HistoryLine& deploy, size_t commit) {
  return fmt::format("{} {}{}", utc_text(deploy.time), from_run(deploy, commit),
                     deploy.event == HistoryLine::Event::kAccepted ? "" : ", which failed");
}

Json history_line_json(const HistoryLine& line) {
  return Json::Object{{"run", line.run},
                      {"event", name_of(line.event)},
                      {"verb", name_of(line.verb)},
                      {"time", utc_text(line.time)},
                      {"exit_code", line.exit_code},
                      {"owner", line.owner},
                      {"actor", line.actor},
                      {"url", line.url},
                      {"commit", line.commit},
                      {"digest", line.digest},
                      {"backup", line.backup},
                      {"restored_from", line.restored_from},
                      {"failed_files", line.evidence},
                      {"reason", line.reason},
                      {"live", line.live}};
}

std::string history_text(std::span<const HistoryLine> history, const HistoryLine* live) {
  Table table({"TIME", "VERB", "EVENT", "EXIT", "NOW", "BY", "WHAT"});
  for (const HistoryLine& line : history) {
    // The reason says no more than the verb does; where it went fits the line.
    const bool by_hand = line.verb == RunVerb::kRollback && !line.restored_from.empty();
    table.add({utc_text(line.time), std::string(name_of(line.verb)), std::string(name_of(line.event)),
               std::to_string(line.exit_code), &line == live ? "live" : "", fitted(printable(who(line)), 14),
               by_hand ? "by hand to " + line.restored_from : line.reason});
  }
  return table.empty() ? "nothing is on record\n" : table.text(100, 42);
}

Json history_json(std::span<const HistoryLine> history, const HistoryLine* live) {
  Json::Array lines;
  for (const HistoryLine& line : history) {
    lines.push_back(history_line_json(line));
    lines.back().set("live_since", &line == live);
  }
  return json_answer("history", {{"runs", std::move(lines)}});
}

}  // namespace backstep
