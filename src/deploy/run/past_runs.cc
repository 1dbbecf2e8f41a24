// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/records.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "store/records/live_version.h"
#include "store/records/verdicts.h"
#include "store/time_text.h"

namespace backstep {
namespace {

using Event = HistoryLine::Event;
using History = std::vector<HistoryLine>;

FailedBefore in_run(const Store& store, const HistoryLine& line) {
  return {.run = line.run,
          .time = line.time,
          .reason = line.reason,
          .evidence = recorded_set(read_catalog(store), line.evidence).label(),
          .url = line.url};
}

FailedBefore as_judged(const Store& store, const History& history, const VerdictLine& verdict) {
  const auto ended = std::ranges::find_if(history, [&](const HistoryLine& line) {
    return line.run == verdict.run && line.event != Event::kBegun;
  });
  FailedBefore failed;
  if (!verdict.by_human && ended != history.end()) failed = in_run(store, *ended);
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

std::optional<FailedBefore> unproved(const Store& store, const History& history,
                                     std::string_view digest) {
  for (auto line = history.rbegin(); line != history.rend(); ++line) {
    if (line->digest != digest) continue;
    if (line->event == Event::kAccepted) return std::nullopt;
    if (is_failed_try(*line)) return in_run(store, *line);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Origin> origin_of(const OpenRun& run, std::string_view digest) {
  try {
    const History history = history_about(run.store, digest);
    const HistoryLine* line = deploy_of(history, digest);
    if (line == nullptr || line->event != Event::kAccepted) return std::nullopt;
    return Origin{.accepted = line->time,
                  .run = line->run,
                  .commit = line->commit,
                  .actor = line->actor,
                  .url = line->url};
  } catch (const Error& error) {
    run.listener.warning("which run brought what is live now is not known: " + error.message());
    return std::nullopt;
  }
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
  return fmt::format("{}, {} in run {}{}",
                     failed.reason.empty() ? "why is not on record" : printable(failed.reason),
                     utc_text(failed.time), failed.run,
                     failed.url.empty() ? "" : " (" + printable(failed.url) + ")");
}

}  // namespace backstep
