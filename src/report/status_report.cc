// SPDX-License-Identifier: Apache-2.0
#include "report/status_report.h"

#include <fmt/core.h>

#include "base/text.h"
#include "report/outcome_json.h"
#include "report/table.h"
#include "store/time_text.h"

namespace backstep {
namespace {

std::string who(const HistoryLine& line) {
  return line.actor.empty() ? line.owner : line.actor;
}

std::string open_text(const Journal& open, bool at_work) {
  std::string text =
      fmt::format("open run   {} ({}), phase {}, of {}, since {}\n", open.run, open.verb,
                  name_of(open.phase), printable(open.owner), utc_text(open.started));
  if (open.owed) text += "owed       the rollback command has not run since the files are back\n";
  if (open.begun() && open.phase == Phase::kArmed) {
    text +=
        fmt::format("guarded    until {} for its 'backstep finish'\n", utc_text(open.guard_until));
  }
  if (!at_work) text += "next       backstep recover\n";
  return text;
}

Json line_json(const HistoryLine& line) {
  return Json::Object{{"run", line.run},
                      {"event", name_of(line.event)},
                      {"verb", line.verb},
                      {"time", utc_text(line.time)},
                      {"exit_code", line.exit_code},
                      {"owner", line.owner},
                      {"actor", line.actor},
                      {"url", line.url},
                      {"commit", line.commit},
                      {"digest", line.digest},
                      {"backup", line.backup},
                      {"restored_from", line.restored_from},
                      {"evidence", line.evidence},
                      {"reason", line.reason}};
}

}  // namespace

std::string status_text(const StatusFacts& facts) {
  std::string text =
      facts.files == 0 ? std::string("files      none are tracked here\n")
                       : fmt::format("files      {}, digest {}, {}\n", counted(facts.files, "file"),
                                     facts.digest.substr(0, 12), name_of(facts.verdict));
  text += fmt::format("backup     {}\n",
                      facts.newest_backup.empty() ? "none yet" : facts.newest_backup);
  if (facts.last) {
    text += fmt::format("last       {} {} at {} by {} (exit {})\n", facts.last->verb,
                        name_of(facts.last->event), utc_text(facts.last->time),
                        printable(who(*facts.last)), facts.last->exit_code);
  }
  if (facts.at_work) text += "at work    " + printable(trimmed(facts.holder)) + "\n";
  if (!facts.journal_trouble.empty()) text += "❌ " + facts.journal_trouble + "\n";
  text += facts.open ? open_text(*facts.open, facts.at_work) : "open run   none\n";
  if (facts.broken_lines > 0) {
    text += fmt::format("⚠️ Warning: {} of the records cannot be read\n",
                        counted(static_cast<size_t>(facts.broken_lines), "line"));
  }
  return text;
}

Json status_json(const StatusFacts& facts) {
  Json json = json_answer("status");
  json.set("files", facts.files);
  json.set("digest", facts.digest);
  json.set("verdict", name_of(facts.verdict));
  json.set("newest_backup", facts.newest_backup);
  json.set("at_work", facts.at_work);
  json.set("holder", facts.at_work ? std::string(trimmed(facts.holder)) : std::string());
  if (facts.open) {
    json.set("open", Json::Object{{"run", facts.open->run},
                                  {"verb", facts.open->verb},
                                  {"phase", name_of(facts.open->phase)},
                                  {"owner", facts.open->owner},
                                  {"since", utc_text(facts.open->started)},
                                  {"backup", facts.open->backup},
                                  {"owed", facts.open->owed}});
  } else {
    json.set("open", nullptr);
  }
  json.set("trouble", facts.journal_trouble);
  json.set("last", facts.last ? line_json(*facts.last) : Json());
  json.set("broken_lines", facts.broken_lines);
  return json;
}

std::string history_text(const std::vector<HistoryLine>& history) {
  Table table({"TIME", "VERB", "EVENT", "EXIT", "BACKUP", "RESTORED FROM", "BY", "REASON"});
  for (const HistoryLine& line : history) {
    table.add({utc_text(line.time), line.verb, std::string(name_of(line.event)),
               std::to_string(line.exit_code), line.backup, line.restored_from, who(line),
               line.reason});
  }
  return table.empty() ? "nothing has happened yet\n" : table.text();
}

Json history_json(const std::vector<HistoryLine>& history) {
  Json::Array lines;
  for (const HistoryLine& line : history) lines.push_back(line_json(line));
  Json json = json_answer("history");
  json.set("runs", std::move(lines));
  return json;
}

}  // namespace backstep
