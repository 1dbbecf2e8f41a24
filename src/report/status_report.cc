// SPDX-License-Identifier: Apache-2.0
#include "report/store_report.h"

#include <fmt/core.h>

#include "base/text.h"
#include "deploy/run/outcome.h"
#include "report/table.h"
#include "store/set_id.h"

namespace backstep {
namespace {

using Event = HistoryLine::Event;

// Characters of a digest and of a commit.
constexpr size_t kShort = 12;

std::string age(int64_t then, int64_t now) {
  const int64_t passed = now - then;
  if (now == 0 || passed < 0) return "";
  if (passed < 120) return fmt::format(" ({} s ago)", passed);
  if (passed < 2 * 3600) return fmt::format(" ({} min ago)", passed / 60);
  if (passed < 2 * 86'400) return fmt::format(" ({} h ago)", passed / 3600);
  return fmt::format(" ({} d ago)", passed / 86'400);
}

bool is_by_hand(const HistoryLine& line) { return line.verb == RunVerb::kRollback; }

std::string how_it_came(const HistoryLine& line) {
  if (line.event == Event::kUnrestored) {
    return "run " + line.run + " failed and was not rolled back; back only if the files from before still fit";
  }
  if (line.event != Event::kRolledBack) return "";
  return is_by_hand(line) ? "rolled back by hand to " + line.restored_from : "run " + line.run + " rolled back to it";
}

std::string unknown_words(const HistoryLine& line) {
  if (line.event == Event::kNothingToRollBackTo) {
    return "no version: run " + line.run + " failed, and there is no earlier one";
  }
  if (line.event == Event::kKept) {
    return "not known: run " + line.run + " was ended by hand, its files stayed";
  }
  return "not known: what run " + line.run + " left is not on record";
}

// Between a restore and its rollback command, and while a deploy is under way, only the records are certain.
bool is_in_doubt(const StatusFacts& facts) {
  if (!facts.journal_trouble.empty()) return true;
  // A deploy that failed may have put all of it live, or nothing.
  if (facts.live && facts.live->put_live->event == Event::kUnrestored) return true;
  if (!facts.open) return false;
  const Phase phase = facts.open->phase;
  if (phase == Phase::kRestored) return facts.open->owed;
  return facts.open->deploy_may_have_begun() || phase == Phase::kRestoring || phase == Phase::kAccepted;
}

// How the last change ended, where files are back and no services are known to be healthy.
std::optional<Event> unhealthy_end(const StatusFacts& facts) {
  constexpr int kUnhealthy = static_cast<int>(ExitCode::kRolledBackUnhealthy);
  if (!facts.last || facts.last->exit_code != kUnhealthy) return std::nullopt;
  return facts.last->event;
}

std::string doubt_words(const StatusFacts& facts) {
  if (facts.open) return "NOT CERTAIN while run " + facts.open->run + " is open";
  return facts.journal_trouble.empty() ? "NOT CERTAIN: the last deploy failed and was left as it is"
                                       : "NOT CERTAIN: the open run cannot be read";
}

std::string words_of_live(const StatusFacts& facts) {
  if (!facts.live) return "not known: no deploy is on record";
  const LiveFacts& live = *facts.live;
  if (live.digest.empty()) return unknown_words(*live.put_live);
  return fmt::format("{}, {}{}, since {}{}", live.digest.substr(0, kShort), name_of(live.verdict),
                     live.marked ? " (marked by a human)" : "", utc_text(live.since), age(live.since, facts.now));
}

void write_live(const StatusFacts& facts, FieldLines& lines) {
  const bool in_doubt = facts.live && is_in_doubt(facts);
  if (in_doubt) lines.field("live now", doubt_words(facts));
  lines.field(in_doubt ? "on record" : "live now", words_of_live(facts));
  if (!facts.live) return;
  if (!facts.live->digest.empty()) lines.field("", how_it_came(*facts.live->put_live));
  // The verdict is on the content, and says nothing of what else may have broken since.
  if (unhealthy_end(facts) == Event::kRolledBack) {
    lines.field("", "STILL UNHEALTHY or not checked when it came back (run " + facts.last->run + ", exit 21)");
  }
  if (unhealthy_end(facts) == Event::kRestored) {
    lines.field("", "the services were not redeployed since run " + facts.last->run + " failed");
  }
  if (!facts.live->deployed) return;
  lines.field("deployed", deploy_words(*facts.live->deployed, kShort));
  lines.field("", facts.live->deployed->url);
}

std::string why_it_failed(const HistoryLine& failed) {
  std::string text = failed.reason.empty() ? std::string(name_of(failed.event)) : failed.reason;
  if (is_by_hand(failed)) text += " to " + failed.restored_from;
  return fmt::format("exit {}: {}", failed.exit_code, text);
}

// What has put an end to it since, by the order of the lines: a quick pipeline has two ends within one second.
std::string past_words(const StatusFacts& facts) {
  const HistoryLine& failed = *facts.failed;
  const HistoryLine* deployed = facts.live ? facts.live->deployed : nullptr;
  const bool is_later = deployed != nullptr && deployed > &failed;
  if (is_later && deployed->event == Event::kAccepted) return ", before that deploy";
  if (facts.open) return ", before the open run";
  const bool mended =
      facts.last && is_by_hand(*facts.last) && facts.last->exit_code == 0 && facts.last->run != failed.run;
  return mended ? ", before the rollback by hand" : "";
}

void write_failure(const StatusFacts& facts, FieldLines& lines) {
  // Whoever is called to an open run wants its own failure, and no older one.
  if (facts.open && !facts.open->failure.empty()) {
    lines.field("failed", "in the open run: " + facts.open->failure);
    return lines.field("saved", saved_words(false, facts.open->evidence.label()));
  }
  if (!facts.failed) return;
  const HistoryLine& failed = *facts.failed;
  lines.field("failed", fmt::format("{}{} {}{}", utc_text(failed.time), age(failed.time, facts.now),
                                    from_run(failed, kShort), past_words(facts)));
  lines.field("", why_it_failed(failed));
  lines.field("", failed.url);
  lines.field("saved", saved_words(is_by_hand(failed), failed.evidence));
}

void write_files(const StatusFacts& facts, FieldLines& lines) {
  if (facts.files == 0) return lines.field("files", "none are tracked here");
  std::string text = fmt::format("{}, digest {}, {}", counted(facts.files, "file"), facts.digest.substr(0, kShort),
                                 name_of(facts.verdict));
  if (facts.live && !facts.live->digest.empty()) {
    text += fmt::format(": {}those {}", facts.live->digest == facts.digest ? "" : "NOT ",
                        is_in_doubt(facts) ? "on record" : "that are live");
  }
  lines.field("files", text);
}

void write_open(const StatusFacts& facts, FieldLines& lines) {
  if (facts.at_work) {
    const std::string holder(trimmed(facts.holder));
    lines.field("at work", holder.empty() ? "somebody whose name is not known" : holder);
  }
  if (!facts.journal_trouble.empty()) lines.plain("❌ " + facts.journal_trouble);
  if (!facts.open) {
    return lines.field("open run", facts.journal_trouble.empty() ? "none" : "not known");
  }
  const Journal& open = *facts.open;
  lines.field("open run",
              fmt::format("{} ({}), phase {}, of {}, since {}{}", open.run, name_of(open.verb), name_of(open.phase),
                          open.owner, utc_text(open.started), facts.at_work ? "" : ", nobody is at work"));
  if (open.owed) {
    lines.field("to run", open.settings.rollback_command().shown() + " (the rollback command)");
  }
  if (open.begun() && open.phase == Phase::kArmed) {
    lines.field("guarded", fmt::format("until {} for its 'finish'", utc_text(open.guard_until)));
  }
}

std::string words_of_remote(const StatusFacts& facts) {
  const RemoteState& remote = facts.remote;
  if (remote.time == 0) return facts.has_remote ? "never fetched here: what it holds does not count" : "";
  return fmt::format("{}, as of {}{}{}", remote.where, utc_text(remote.time), age(remote.time, facts.now),
                     remote.is_behind() ? ", and not all that is here is there" : "");
}

// Settling a begin whose steps are still at work would take the files from under them.
std::vector<NextStep> next_steps(const StatusFacts& facts) {
  if (facts.at_work || !facts.journal_trouble.empty()) return {};
  if (facts.open && facts.open->is_guarded(facts.now)) {
    return {{"let its job end it", facts.place.command("finish --status success|failure|cancelled")}};
  }
  if (facts.open) return {{"bring the open run to its end", facts.place.command("recover")}};
  std::vector<NextStep> next;
  const bool is_unfetched = facts.has_remote && facts.remote.time == 0;
  if (is_unfetched) next.push_back({"get what the remote holds", facts.place.command("pull")});
  if (facts.has_remote && facts.remote.is_behind())
    next.push_back({"store what is only here", facts.place.command("push")});
  const bool is_unhealthy = unhealthy_end(facts) == Event::kRolledBack;
  if (is_unhealthy && facts.has_check) next.push_back({"check again", facts.place.command("check")});
  const bool failed_last = facts.failed && facts.last && facts.last->run == facts.failed->run;
  if (failed_last && !facts.failed->evidence.empty() && !is_by_hand(*facts.failed)) {
    next.push_back({"see what the failed version changed",
                    look_at_failed(facts.place, facts.failed->restored_from, facts.failed->evidence)});
  }
  const bool is_bad = facts.live && facts.live->verdict == Verdict::kBad;
  const bool is_worse = facts.live && facts.live->digest != facts.last_good_digest;
  if (failed_last && facts.failed->event == Event::kUnrestored) {
    next.push_back({"bring the old files back", facts.place.command("rollback --to " + facts.failed->backup)});
  } else if (!facts.last_good.empty() && is_worse && (is_bad || failed_last)) {
    next.push_back({"go back to the newest good version", facts.place.command("rollback --to last-good")});
  }
  return next;
}

Json live_json(const StatusFacts& facts) {
  if (!facts.live) return {};
  const LiveFacts& live = *facts.live;
  return Json::Object{{"digest", live.digest},
                      {"verdict", name_of(live.verdict)},
                      {"marked", live.marked},
                      {"since", utc_text(live.since)},
                      {"certain", !is_in_doubt(facts) && unhealthy_end(facts) != Event::kRestored},
                      {"lies_here", !live.digest.empty() && live.digest == facts.digest},
                      {"put_live", history_line_json(*live.put_live)},
                      {"deployed", live.deployed ? history_line_json(*live.deployed) : Json()}};
}

Json open_json(const Journal& open) {
  return Json::Object{{"run", open.run},          {"verb", name_of(open.verb)},      {"phase", name_of(open.phase)},
                      {"owner", open.owner},      {"since", utc_text(open.started)}, {"backup", open.backup.label()},
                      {"still_to_run", open.owed}};
}

Json failed_json(const StatusFacts& facts) {
  if (!facts.failed) return {};
  Json json = history_line_json(*facts.failed);
  json.set("failed_files_stored", !facts.failed->evidence.empty());
  return json;
}

}  // namespace

std::string saved_words(bool by_hand, const std::string& where) {
  return where.empty() ? "" : fmt::format("the {} files, in {}", by_hand ? "replaced" : "failed", where);
}

std::vector<std::string> next_lines(const std::vector<NextStep>& steps) {
  std::vector<std::string> lines;
  for (size_t i = 0; i < steps.size(); ++i) {
    const std::string number = steps.size() == 1 ? "" : fmt::format("{}. ", i + 1);
    lines.push_back(printable(number + steps[i].what + (steps[i].command.empty() ? "" : ":")));
    if (!steps[i].command.empty()) lines.push_back(std::string(number.size(), ' ') + printable(steps[i].command));
  }
  return lines;
}

Json next_json(const std::vector<NextStep>& steps) {
  return json_array(steps, [](const NextStep& step) {
    return Json::Object{{"do", step.what}, {"command", step.command}};
  });
}

std::string status_text(const StatusFacts& facts) {
  FieldLines lines(11);
  write_live(facts, lines);
  write_failure(facts, lines);
  write_files(facts, lines);
  lines.field("backup", facts.newest_backup.empty() ? "none yet" : facts.newest_backup);
  write_open(facts, lines);
  lines.field("remote", words_of_remote(facts));
  lines.field("settings", facts.settings);
  lines.list("next", next_lines(next_steps(facts)));
  if (facts.broken_lines > 0) {
    lines.plain(fmt::format("⚠️ Warning: {} of the records cannot be read",
                            counted(static_cast<size_t>(facts.broken_lines), "line")));
  }
  return lines.take();
}

Json status_json(const StatusFacts& facts) {
  const RemoteState& known = facts.remote;
  const Json remote =
      Json::Object{{"where", known.where}, {"as_of", utc_text(known.time)}, {"behind", known.is_behind()}};
  const Json last_good = facts.last_good.empty()
                             ? Json()
                             : Json(Json::Object{{"id", facts.last_good}, {"digest", facts.last_good_digest}});
  return json_answer("status", {{"files", facts.files},
                                {"digest", facts.digest},
                                {"verdict", name_of(facts.verdict)},
                                {"live", live_json(facts)},
                                {"last_failure", failed_json(facts)},
                                {"last_good", last_good},
                                {"newest_backup", facts.newest_backup},
                                {"at_work", facts.at_work},
                                {"holder", facts.at_work ? trimmed(facts.holder) : std::string_view()},
                                {"open", facts.open ? open_json(*facts.open) : Json()},
                                {"trouble", facts.journal_trouble},
                                {"settings", facts.settings},
                                {"remote", known.time == 0 ? Json() : remote},
                                {"last", facts.last ? history_line_json(*facts.last) : Json()},
                                {"broken_lines", facts.broken_lines},
                                {"next", next_json(next_steps(facts))}});
}

}  // namespace backstep
