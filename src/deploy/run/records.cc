// SPDX-License-Identifier: Apache-2.0
#include "deploy/run/records.h"
#include "deploy/run/journal_tree.h"
#include "store/records/new_names.h"

#include <algorithm>

namespace backstep {
namespace {

HistoryLine end_line(const OpenRun& run, HistoryLine::Event event) {
  HistoryLine line = history_line(run, event, run.outcome.exit_status);
  line.live = run.outcome.live_digest;
  return line;
}

}  // namespace

Manifest new_manifest(const OpenRun& run) {
  const Journal& journal = run.journal;
  Manifest manifest{.run = journal.run,
                    .made_by = std::string(name_of(journal.verb)),
                    .patterns = journal.patterns,
                    .owner = journal.owner,
                    .actor = journal.actor,
                    .url = journal.url,
                    .commit = journal.commit};
  name_new_set(run.store, run.now(), manifest);
  return manifest;
}

HistoryLine history_line(const OpenRun& run, HistoryLine::Event event, int exit_code) {
  const Journal& journal = run.journal;
  return {.run = journal.run,
          .event = event,
          .verb = journal.verb,
          .time = run.now(),
          .exit_code = exit_code,
          .owner = journal.owner,
          .actor = journal.actor,
          .url = journal.url,
          .commit = journal.commit,
          .digest = journal.digest,
          .backup = journal.backup.uid,
          .restored_from = journal.target ? journal.target->uid : "",
          .evidence = journal.evidence.uid,
          .reason = journal.failure};
}

VerdictLine verdict_line(const OpenRun& run, Verdict verdict) {
  return {.run = run.journal.run,
          .digest = run.journal.digest,
          .good = verdict == Verdict::kGood,
          .time = run.now(),
          .commit = run.journal.commit};
}

std::vector<VerdictLine> service_verdict_lines(const OpenRun& run, const std::vector<std::string>& services,
                                               Verdict verdict) {
  const Journal& journal = run.journal;
  std::vector<VerdictLine> lines;
  if (services.empty() || !journal.recorded) return lines;
  const Patterns& patterns = journal.patterns;
  for (const RecordedFile& file : *journal.recorded) {
    if (file.sha256.empty()) continue;
    const std::string service = patterns.service_of(file.path);
    if (std::ranges::find(services, service) == services.end()) continue;
    VerdictLine line = verdict_line(run, verdict);
    line.service = service;
    line.digest = service_digest(entry_of(file));
    lines.push_back(std::move(line));
  }
  return lines;
}

void try_to_record(OpenRun& run, const std::function<void()>& write) {
  try {
    write();
  } catch (const Error& error) {
    run.outcome.exit_status = static_cast<int>(ExitCode::kInternal);
    run.outcome.live += ", but this could not be recorded: " + error.message();
    run.outcome.advise("complete the records", run.command("recover"));
  }
}

std::optional<LiveSet> live_for_records(const OpenRun& run) {
  std::optional<LiveSet> live;
  try_to(run.listener, "the records will not say what is live now", [&] { live = run.look(Index::load(run.store)); });
  return live;
}

std::string digest_of_mixture(const OpenRun& run) {
  if (!run.journal.leaves_mixture()) return "";
  const std::optional<LiveSet> live = live_for_records(run);
  return live ? live->digest : "";
}

void record_end(OpenRun& run, HistoryLine::Event event) {
  try_to_record(run, [&] { append_history(run.store, end_line(run, event)); });
}

void end_journal(OpenRun& run, HistoryLine::Event event) {
  try_to_record(run, [&] {
    append_history(run.store, end_line(run, event));
    close_journal(run.site);
  });
}

std::vector<SetRef> sets_named_by(const Journal& journal) {
  std::vector<SetRef> named;
  for (const RecordedSet& set :
       {journal.backup, journal.stands_in, journal.evidence, journal.target.value_or(RecordedSet{})}) {
    if (set.is_here()) named.push_back(set.ref);
  }
  return named;
}

std::string Context::control_path() const {
  const std::string path = fmt::format("{}/{}/{}/{}", place.absolute ? "" : workspace.path(), place.path,
                                       environment_directory(place.environment), kControlDirectory);
  return replaced(path, "//", "/");
}

Outcome OpenRun::end() {
  try_to(listener, "the list of what changed stays until the next run", [&] {
    if (changed_list) changed_list->file.discard();
  });
  outcome.run = journal.run;
  outcome.commit = journal.commit;
  outcome.actor = journal.actor;
  outcome.url = journal.url;
  outcome.backup = journal.backup.label();
  outcome.was_unhealthy_before = journal.was_unhealthy_before;
  outcome.when.run_began = journal.started;
  outcome.evidence = journal.evidence.label();
  if (journal.target) {
    outcome.restored_from = journal.target->label();
    outcome.target_reason = journal.target_reason;
  }
  if (journal.leaves_mixture()) outcome.rolled_back_only = journal.scope.only_services;
  return std::move(outcome);
}

}  // namespace backstep
