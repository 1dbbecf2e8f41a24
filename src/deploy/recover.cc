// SPDX-License-Identifier: Apache-2.0
#include "deploy/story.h"

#include <fmt/core.h>

#include "backup/restore/restore.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/opening.h"
#include "deploy/remote/exchange.h"
#include "deploy/rollback/automatic_rollback.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"

namespace backstep {
namespace {

Outcome nothing_open() { return nothing_to_do("no run is open: nothing to recover"); }

// Its files are elsewhere, and what lies here is none of its business.
Outcome left_to_its_tree(const Journal& journal) {
  return nothing_to_do(
      fmt::format("run {} is open in another tree ({}): recover it there", journal.run, printable(journal.tree.path)));
}

// The damaged journal may have been a begin's, whose `finish` would look for it.
void end_noted_begin(const Site& site) {
  auto begun = unfinished_begin(load_history(site.store), site.context.owner);
  if (!begun) return;
  begun->event = HistoryLine::Event::kKept;
  begun->time = site.context.clock.wall_seconds();
  append_history(site.store, *begun);
}

// A killed restore has staged its files beside those that stay. The journal names them all: the set
// that they came from may be damaged by now.
void remove_staged(const OpenRun& run) {
  if (run.journal.phase != Phase::kRestoring || !run.journal.recorded) return;
  for (const RecordedFile& file : *run.journal.recorded) {
    remove_staged_leftover(run.context.workspace.directory, file.path);
  }
}

// Ends the run in the history, its files as they are. False: none is open.
bool end_kept(const Site& site, Outcome& outcome) {
  std::optional<Journal> journal = load_journal(site.store);
  if (!journal) return false;
  OpenRun run(site, std::move(*journal));
  remove_leftovers(site.store);
  remove_staged(run);
  append_history(site.store, history_line(run, HistoryLine::Event::kKept, 0));
  outcome.run = run.journal.run;
  outcome.backup = run.journal.backup.label();
  const std::string back = outcome.backup.empty() ? "" : "bring the old files back";
  outcome.advise(back, run.command("rollback --to " + outcome.backup));
  return true;
}

Outcome keep(const Site& site) {
  Outcome outcome;
  try {
    if (!end_kept(site, outcome)) return nothing_open();
  } catch (const Error& error) {
    // What nobody can read, nobody can go on with; a newer version's journal is not ours to end.
    if (error.code() != ExitCode::kDamaged) throw;
    site.context.listener.warning(error.message() + "; it is removed");
    end_noted_begin(site);
  }
  close_journal(site);
  outcome.end_with(Outcome::Result::kKept, ExitCode::kOk);
  outcome.set_live(Live::kUnknown, ": the files stay as they are, nothing was restored");
  return outcome;
}

void say_settled(OpenRun& run, const Settled& settled) {
  const Journal& journal = run.journal;
  if (settled.nothing_left) return run.outcome.set_live(Live::kUnknown, ": " + nothing_left_words(journal));
  const std::string only = journal.leaves_mixture() ? " for " + listed(journal.scope.only_services) + " alone" : "";
  const char* kept = settled.kept.empty() ? "" : ", but for newer work that was kept";
  run.outcome.set_live(Live::kRestoredFiles, fmt::format(" ({}{}){}", journal.target->label(), only, kept));
}

// The files are back, and nothing is owed.
void end_settled(OpenRun& run, const Settled& settled) {
  const Journal& journal = run.journal;
  run.outcome.end_with(Outcome::Result::kFilesRestored, ExitCode::kOk);
  say_settled(run, settled);
  if (!settled.kept.empty()) {
    run.outcome.advise("restore over the newer work, too", run.command("rollback --to " + journal.target->label()));
  }
  run.outcome.live_digest = digest_of_mixture(run);
  end_journal(run, journal.leaves_mixture() ? HistoryLine::Event::kRolledBack : HistoryLine::Event::kRestored);
}

void tell_unrestored(OpenRun& run) {
  const Journal& journal = run.journal;
  run.outcome.end_with(Outcome::Result::kNotRolledBack, ExitCode::kOk);
  run.outcome.set_live(Live::kUnknown,
                       fmt::format(": the files of run {} stay ({})", journal.run, journal.why_files_stay()));
  run.outcome.advise("bring the old files back", run.command("rollback --to " + journal.backup.label()));
}

}  // namespace

void adopt_commands(OpenRun& run) {
  const Config& config = run.context.config;
  Config& settings = run.journal.settings;
  if (!config.distrust.empty()) return run.listener.warning(config.distrust);
  if (config.config_file != settings.config_file) return;
  if (!run.distrust.empty() && config.rollback_command().empty()) return;
  if (!std::exchange(run.distrust, "").empty()) settings = config;
  if (!config.health.empty()) settings.health = config.health;
  if (!config.service_checks.empty()) settings.service_checks = config.service_checks;
  if (!config.diagnose.empty()) settings.diagnose = config.diagnose;
  if (!config.rollback_command().empty()) settings.rollback.command = config.rollback_command();
}

void settle_and_finish(OpenRun& run, const SettleRules& rules) {
  Settled settled = settle(run, rules);
  if (settled.how == Settled::How::kAccepted) return;
  if (settled.how == Settled::How::kUnrestored) return tell_unrestored(run);
  say_kept(run, settled);
  run.outcome.kept = settled.kept;
  if (report_failed_files(run, settled)) return;
  if (!run.journal.owed) return end_settled(run, settled);
  const std::string& failure = run.journal.failure;
  run.outcome.failure = Failure{"run " + run.journal.run + ":", failure.empty() ? "did not end" : failure, ""};
  finish_rollback(run, {}, std::move(settled));
}

Outcome recover(const Context& context, Recovery recovery) {
  const auto found = Store::open_existing(context.workspace, context.place);
  if (!found || !found->has_control()) return nothing_open();
  if (recovery == Recovery::kKeep) {
    RunLock held = take_run_lock(context, *found, Intent::kTend);
    const Site site{context, *found, held.lock};
    return stored_remotely(site, keep(site));
  }
  const Store store = open_store(context, Stranger::kLetIn);
  RunLock held = take_run_lock(context, store, Intent::kFinish);
  const Site site{context, store, held.lock};
  if (held.open && !is_of_this_tree(site, *held.open)) return left_to_its_tree(*held.open);
  if (!held.open) held.open = take_back(site);
  if (!held.open) return nothing_open();
  announce(site, "recover", held.open->run);
  remove_leftovers(store);
  OpenRun run(site, std::move(*held.open));
  adopt_commands(run);
  const bool whole = recovery == Recovery::kRestore;
  try {
    settle_and_finish(run, {.as_owner = true, .whole = whole});
    return stored_remotely(site, run.end());
  } catch (const Error& error) {
    return outcome_of_error(run, error);
  }
}

}  // namespace backstep
