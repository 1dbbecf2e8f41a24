// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/records.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "store/set_id.h"
#include "system/files/staged_file.h"

namespace backstep {
namespace {

using Event = HistoryLine::Event;
using History = std::vector<HistoryLine>;

// How that run ended; null: it has no end here.
const HistoryLine* end_of(const History& history, std::string_view run) {
  const auto end = std::ranges::find_if(
      history, [&](const HistoryLine& line) { return line.run == run && line.event != Event::kBegun; });
  return end == history.end() ? nullptr : &*end;
}

FailedBefore in_run(const Store& store, const HistoryLine& line) {
  FailedBefore failed{line};
  failed.evidence = recorded_set(read_catalog(store), line.evidence).label();
  return failed;
}

FailedBefore as_judged(const Store& store, const History& history, const VerdictLine& verdict) {
  const HistoryLine* ended = end_of(history, verdict.run);
  FailedBefore failed;
  if (!verdict.by_human && ended != nullptr) failed = in_run(store, *ended);
  failed.run = verdict.run;
  failed.time = verdict.time;
  failed.proved = true;
  failed.marked = verdict.by_human;
  return failed;
}

// A signal says nothing of the files, and a rollback by hand tried nothing.
bool is_failed_try(const HistoryLine& line) {
  if (line.verb == RunVerb::kRollback || line.exit_code < 10 || line.exit_code > 128) return false;
  return line.event == Event::kRolledBack || line.event == Event::kUnrestored ||
         line.event == Event::kNothingToRollBackTo;
}

std::optional<FailedBefore> unproved(const Store& store, const History& history, std::string_view digest) {
  for (auto line = history.rbegin(); line != history.rend(); ++line) {
    if (line->digest != digest) continue;
    if (line->event == Event::kAccepted) return std::nullopt;
    if (is_failed_try(*line)) return in_run(store, *line);
  }
  return std::nullopt;
}

// "": nobody knows. A store that cannot be read is told of by whoever uses it.
std::string digest_live_in(const Workspace& workspace, const StorePlace& place) {
  try {
    const auto store = Store::open_existing(workspace, place);
    const Catalog catalog = store ? read_catalog(*store) : Catalog();
    const History history = store ? labelled_history(*store, catalog) : History();
    const auto live = live_version(history, catalog);
    return live ? live->digest : "";
  } catch (const Error&) {
    return "";
  }
}

void append(const Context& context, const BegunNote& note, const std::string& run, const std::string& more_lines) {
  const std::string path = context.environment.get(note.file);
  if (path.empty()) return;
  try_to(context.listener, fmt::format("{} was not written", note.file),
         [&] { append_to_ci_file(path, fmt::format("{}={}\n{}", note.name, run, more_lines)); });
}

// A line ends where a name holds a newline; that `finish` is called where it began.
std::string lines_where_it_began(const Journal& journal) {
  const std::string& file = journal.settings.config_file;
  const std::string& tree = journal.tree.path;
  if (tree.empty() || printable(tree + file) != tree + file) return "";
  std::string lines = "BACKSTEP_BEGUN_IN=" + tree + "\n";
  if (file == Config().config_file) return lines;
  return lines + "BACKSTEP_BEGUN_SETTINGS=" + (file.starts_with('/') ? file : tree + "/" + file) + "\n";
}

}  // namespace

std::string environment_that_runs(const Workspace& workspace, const StorePlace& place, std::string_view digest) {
  std::string found;
  for (const StorePlace& each : environments_in(workspace, place)) {
    const bool is_own = environment_directory(each.environment) == environment_directory(place.environment);
    if (!is_own && digest_live_in(workspace, each) == digest) found = each.environment;
  }
  // Its own records are read only where another one has that content.
  return found.empty() || !digest_live_in(workspace, place).empty() ? "" : found;
}

std::optional<HistoryLine> origin_of(const OpenRun& run, std::string_view digest) {
  std::optional<HistoryLine> origin;
  try_to(run.listener, "which run brought what is live now is not known", [&] {
    const History history = history_about(run.store, digest);
    const HistoryLine* line = deploy_of(history, digest);
    if (line != nullptr && line->event == Event::kAccepted) origin = *line;
  });
  return origin;
}

std::optional<FailedBefore> failed_before(const Store& store, std::string_view digest) {
  const Verdicts verdicts = Verdicts::load(store);
  const VerdictLine* verdict = verdicts.deciding(digest);
  if (verdict != nullptr && verdict->good) return std::nullopt;
  if (verdict == nullptr) return unproved(store, history_about(store, digest), digest);
  return as_judged(store, history_about(store, verdict->run), *verdict);
}

std::string described(const FailedBefore& failed) {
  if (failed.marked) return "marked bad by a human, " + utc_text(failed.time);
  return fmt::format("{}, {} in run {}{}", failed.reason.empty() ? "why is not on record" : printable(failed.reason),
                     utc_text(failed.time), failed.run, failed.url.empty() ? "" : " (" + printable(failed.url) + ")");
}

void note_begin(const OpenRun& run) {
  append_history(run.store, history_line(run, HistoryLine::Event::kBegun, 0));
  append(run.context, kForLaterSteps, run.journal.run, lines_where_it_began(run.journal));
  append(run.context, kForPostStage, run.journal.run, "");
}

std::string noted_begin(const Environment& environment) {
  for (const BegunNote& note : {kForLaterSteps, kForPostStage}) {
    if (environment.has(note.read_as)) return environment.get(note.read_as);
  }
  return "";
}

std::optional<std::string> lost_begin(const Context& context, const Store* store) {
  const History history = store == nullptr ? History() : load_history(*store);
  for (const BegunNote& note : {kForLaterSteps, kForPostStage}) {
    const std::string run = context.environment.get(note.read_as);
    if (!run.empty() && end_of(history, run) == nullptr) return run;
  }
  const auto begun = unfinished_begin(history, context.owner);
  return begun ? std::optional(begun->run) : std::nullopt;
}

}  // namespace backstep
