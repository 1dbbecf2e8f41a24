// SPDX-License-Identifier: Apache-2.0
#include "deploy/recover.h"

#include <fmt/core.h>

#include "backup/restore/restore.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/opening.h"
#include "deploy/rollback/automatic_rollback.h"
#include "deploy/rollback/partial_rollback.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"

namespace backstep {
namespace {

Outcome nothing_open() {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kNothingToDo, ExitCode::kOk);
  outcome.live = "no run is open: nothing to recover";
  return outcome;
}

// Its files are elsewhere, and what lies here is none of its business.
Outcome left_to_its_tree(const Journal& journal) {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kNothingToDo, ExitCode::kOk);
  outcome.live = fmt::format("run {} is open in another tree ({}): recover it there", journal.run,
                             printable(journal.tree.path));
  return outcome;
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
void remove_staged(const Site& site, const Journal& journal) {
  if (journal.phase != Phase::kRestoring || !journal.recorded) return;
  for (const RecordedFile& file : *journal.recorded) {
    remove_staged_leftover(site.context.workspace.directory, file.path);
  }
}

Outcome keep(const Site& site) {
  std::optional<Journal> journal;
  Outcome outcome;
  try {
    journal = load_journal(site.store);
    if (!journal) return nothing_open();
    remove_leftovers(site.store);
    remove_staged(site, *journal);
    append_history(site.store, history_line(site, *journal, HistoryLine::Event::kKept, 0));
    outcome.run = journal->run;
    outcome.backup = journal->backup.label();
    if (!outcome.backup.empty()) outcome.next.push_back("backstep rollback --to " + outcome.backup);
  } catch (const Error& error) {
    // What nobody can read, nobody can go on with; a newer version's journal is not ours to end.
    if (error.code() != ExitCode::kDamaged) throw;
    site.context.listener.warning(error.message() + "; it is removed");
    end_noted_begin(site);
  }
  remove_journal(site.store);
  outcome.end_with(Outcome::Result::kKept, ExitCode::kOk);
  outcome.live = "the files as they are: the open run is ended, nothing was restored";
  return outcome;
}

void tell_kept(const Site& site, const Journal& journal, const Settled& settled) {
  for (const std::string& path : settled.kept) {
    site.context.listener.warning(
        fmt::format("{} was changed after run {}: kept as it is", printable(path), journal.run));
  }
}

std::string nothing_left_words(const Journal& journal, const Outcome& outcome) {
  if (outcome.evidence.empty()) {
    return "no earlier version exists, and nothing that run " + journal.run + " brought";
  }
  return "no earlier version exists; what run " + journal.run + " brought was moved to " +
         outcome.evidence;
}

Outcome settled_outcome(const Site& site, const Journal& journal, const Settled& settled) {
  Outcome outcome;
  outcome.run = journal.run;
  outcome.backup = journal.backup.label();
  outcome.restored = settled.restored;
  outcome.kept = settled.kept;
  if (journal.target) outcome.restored_from = journal.target->label();
  outcome.evidence = journal.evidence.label();
  outcome.end_with(Outcome::Result::kFilesRestored, ExitCode::kOk);
  outcome.live = settled.nothing_left ? nothing_left_words(journal, outcome)
                 : journal.leaves_mixture()
                     ? fmt::format("the files of {} for {}, the new ones of the rest",
                                   outcome.restored_from, listed(journal.scope.only_services))
                 : settled.kept.empty() ? "the files of " + outcome.restored_from
                                        : "the files of " + outcome.restored_from +
                                              ", but for newer work that was kept";
  if (!settled.kept.empty()) {
    outcome.next.push_back("backstep rollback --to " + outcome.restored_from);
  }
  outcome.live_digest = digest_of_mixture(site, journal);
  end_journal(
      site, journal,
      journal.leaves_mixture() ? HistoryLine::Event::kRolledBack : HistoryLine::Event::kRestored,
      outcome);
  return outcome;
}

Outcome unrestored_outcome(const Journal& journal) {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kNotRolledBack, ExitCode::kOk);
  outcome.run = journal.run;
  outcome.backup = journal.backup.label();
  outcome.live = fmt::format("the files of run {} ({}); its journal is ended", journal.run,
                             journal.why_files_stay());
  outcome.next.push_back("backstep rollback --to " + outcome.backup);
  return outcome;
}

}  // namespace

void adopt_commands(const Config& config, Journal& journal) {
  if (config.config_file != journal.settings.config_file) return;
  if (!config.health.empty()) journal.settings.health = config.health;
  if (!config.service_checks.empty()) journal.settings.service_checks = config.service_checks;
  if (!config.rollback_command().empty()) {
    journal.settings.rollback.command = config.rollback_command();
  }
}

Outcome settle_and_pay(const Site& site, Journal& journal, const SettleRules& rules) {
  Settled settled = settle(site, journal, rules);
  if (settled.how == Settled::How::kAccepted) {
    Outcome outcome = settled.accepted;
    outcome.run = journal.run;
    outcome.backup = journal.backup.label();
    return outcome;
  }
  if (settled.how == Settled::How::kUnrestored) return unrestored_outcome(journal);
  tell_kept(site, journal, settled);
  if (!journal.owed) return settled_outcome(site, journal, settled);
  Outcome outcome;
  outcome.restored = settled.restored;
  outcome.kept = settled.kept;
  outcome.failure = Failure{"run " + journal.run + ":",
                            journal.failure.empty() ? "did not end" : journal.failure, ""};
  pay_debt(site, journal, {}, outcome, std::move(settled));
  return outcome;
}

Outcome recover(const Context& context, Recovery recovery) {
  const auto found = Store::open_existing(context.workspace, context.place);
  if (!found || !found->has_control()) return nothing_open();
  if (recovery == Recovery::kKeep) {
    Turn turn = take_turn(context, *found, Intent::kTend);
    return keep(Site{context, *found, turn.lock});
  }
  const Store store = open_store(context, Stranger::kLetIn);
  Turn turn = take_turn(context, store, Intent::kFinish);
  const Site site{context, store, turn.lock};
  if (turn.open && !is_of_this_tree(site, *turn.open)) return left_to_its_tree(*turn.open);
  if (!turn.open) turn.open = take_back(site);
  if (!turn.open) return nothing_open();
  announce(site, "recover", turn.open->run);
  remove_leftovers(store);
  adopt_commands(context.config, *turn.open);
  try {
    const bool whole = recovery == Recovery::kRestore;
    return settle_and_pay(site, *turn.open,
                          {.as_owner = true, .finishing = whole, .whole = whole, .texts = {}});
  } catch (const Error& error) {
    return outcome_of_error(site, error, &*turn.open);
  }
}

}  // namespace backstep
