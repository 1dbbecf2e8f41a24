// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/automatic_rollback.h"

#include <fmt/core.h>

#include "base/error.h"
#include "deploy/remote/exchange.h"
#include "deploy/rollback/targets.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "deploy/steps/commands.h"

namespace backstep {
namespace {

using Event = HistoryLine::Event;
using Result = Outcome::Result;

// Asks why the new version failed while it still runs: the rollback takes away what could tell. That decides nothing,
// so a command that fails or hangs costs a line. Returns what is kept of it with the evidence.
std::string diagnose(OpenRun& run, StepFailure& failure) {
  constexpr Duration kLongest = std::chrono::seconds(30);
  const Command& command = run.journal.settings.diagnose;
  const bool may_run = run.context.may_redeploy && run.distrust.empty();
  if (command.empty() || failure.signal || !may_run) return "";
  if (!run.journal.deploy_may_have_begun()) return "";
  const ProcessResult result = Commands(run).run(Step::kDiagnose, command, kLongest);
  StepFailure told = failure_of(Step::kDiagnose, result);
  failure.signal = told.signal;
  if (!result.succeeded()) {
    run.listener.warning("diagnose " + told.shown.described + ", which decides nothing");
  }
  told.shown.described = command.shown();
  run.outcome.diagnosis = std::move(told.shown);
  return fmt::format("\n{}:\n{}", command.shown(), result.output.text());
}

void note_failed(OpenRun& run, const StepFailure& failure) {
  run.outcome.when.failed = run.now();
  run.outcome.failure = failure.shown;
  run.outcome.advise(failure.advice);
  run.journal.failure = summary_of(run.context, failure);
}

// Chooses where to go back to, by what lies there now, and writes it into the journal. nullopt:
// nothing that is stored is whole.
std::optional<Seen> choose(OpenRun& run) {
  const auto newer = overtaken_by(run);
  Index index = Index::load(run.store);
  LiveSet live = run.look(index);
  std::optional<StoredSet> chosen = choose_target(run, live, newer);
  if (!chosen) return std::nullopt;
  run.journal.digest = live.digest;
  run.listener.note(fmt::format("Rolling back to {}: {}", chosen->ref.label(), run.journal.target_reason));
  return Seen{std::move(index), std::move(live), std::move(*chosen)};
}

// The services whose own check failed, where no other check did.
std::vector<std::string> services_at_fault(const CheckResults& checks) {
  if (checks.whole && !checks.whole->healthy) return {};
  return names_of(checks.services, &ServiceHealth::asks_for_rollback);
}

// With rollback_scope: failed, once the target is chosen: writes into the journal which services go
// back, and says it. Where one of them runs the script that the target has, something else has
// broken it, and all goes back; so it does where the target holds nothing.
void narrow_scope(OpenRun& run, const StoredSet& target, const std::vector<std::string>& failed) {
  Journal& journal = run.journal;
  if (journal.settings.rollback.scope != RollbackScope::kFailed || failed.empty()) return;
  // A first run: the new files are moved away, and half of them would be no version at all.
  if (target.manifest.empty()) return;
  for (const std::string& service : failed) {
    const std::string path = journal.script_of(service);
    const FileEntry* there = find_present(target.manifest.files, path);
    if (!is_as_recorded(*journal.recorded, path, there)) continue;
    return run.listener.note(fmt::format("All goes back, for {} failed with the script that it had before", service));
  }
  journal.scope.only_services = failed;
  run.listener.note(
      fmt::format("Only {} goes back (rollback_scope: failed); the rest stays new, a mixture that is untested until "
                  "its check has passed",
                  listed(failed)));
}

void end_with_nothing_left(OpenRun& run, const StepFailure& failure) {
  run.outcome.end_with(Result::kNothingToRollBackTo, ExitCode::kNothingToRollBackTo, failure.signal);
  run.outcome.set_live(Live::kFailed, ", perhaps only in part: " + nothing_left_words(run.journal));
  run.outcome.advise("mend the cause and deploy again: there is nothing to go back to");
  name_evidence(run);
  end_journal(run, Event::kNothingToRollBackTo);
}

void say_files_are_back(OpenRun& run, const Settled& settled) {
  Outcome& outcome = run.outcome;
  if (outcome.restored.empty()) {
    return outcome.set_live(Live::kOld, ": no tracked file was changed, nothing was deployed");
  }
  if (!settled.nothing_left) return outcome.set_live(Live::kOld, ": files restored, nothing was deployed");
  outcome.set_live(Live::kSame, ": nothing was deployed, and no earlier version exists");
}

// A full disk does not take the record, yet a journal at `deploying` would be rolled back. Taking
// it away needs no room.
void end_unwritten(const OpenRun& run) {
  try {
    close_journal(run.site);
  } catch (const Error& error) {
    run.listener.warning(fmt::format("the journal stays ({}): '{}' ends it, anything else rolls back", error.message(),
                                     run.command("recover --keep")));
  }
}

void say_what_is_live(OpenRun& run, bool deploy_begun) {
  Outcome& outcome = run.outcome;
  const std::string back = run.command("rollback --to " + run.journal.backup.label());
  if (!deploy_begun) {
    outcome.set_live(Live::kSame, ": nothing was deployed; the new files stay (rollback is off)");
  } else if (run.journal.no_return_code == 0) {
    outcome.set_live(Live::kFailed, " (rollback is off)");
  } else {
    outcome.set_live(Live::kFailed, fmt::format(", in whole or in part: exit code {} of the deploy forbids a rollback",
                                                run.journal.no_return_code));
    outcome.advise("mend the cause and deploy again");
    return outcome.advise("or restore the old files, if they still work after what the deploy changed (a migration)",
                          back);
  }
  outcome.advise("bring the old files back", back);
}

// The end of a failed run whose journal leaves the failed files: the rollback is off, or forbidden.
// Nothing runs and nothing is restored; the journal ends in the history.
void leave_unrestored(OpenRun& run, const StepFailure& failure) {
  const bool deploy_begun = run.journal.deploy_may_have_begun();
  run.outcome.end_with(Result::kNotRolledBack, deploy_begun ? ExitCode::kNotRolledBack : failure.code, failure.signal);
  say_what_is_live(run, deploy_begun);
  end_journal(run, Event::kUnrestored);
}

// The deploy had not begun: the files of this run's backup come back, and nothing runs.
void put_files_back(OpenRun& run, const StepFailure& failure) {
  run.journal.target = run.journal.backup;
  run.journal.target_reason = "this run's backup";
  const Settled settled = settle(run, {.whole = true, .check_output = output_of(failure.checks)});
  if (report_failed_files(run, settled)) return;
  run.outcome.end_with(Result::kFilesRestored, failure.code, failure.signal);
  say_files_are_back(run, settled);
  run.outcome.origin = origin_of(run, settled.target_digest);
  // An earlier run's debt, which this run's deploy would have paid.
  if (run.journal.owed) say_owed(run);
  name_evidence(run);
  run.journal.owed ? record_end(run, Event::kRestored) : end_journal(run, Event::kRestored);
}

}  // namespace

void roll_back(OpenRun& run, StepFailure failure) {
  note_failed(run, failure);
  const std::string diagnosed = diagnose(run, failure);
  if (run.journal.leaves_failed_files()) return leave_unrestored(run, failure);
  if (!run.journal.deploy_may_have_begun()) return put_files_back(run, failure);
  std::optional<Seen> seen = choose(run);
  if (!seen) return report_failed_rollback(run, Live::kFailed, ": no backup is whole, so nothing was changed");
  narrow_scope(run, seen->target, services_at_fault(failure.checks));
  Settled settled =
      settle(run, {.whole = true, .check_output = output_of(failure.checks) + diagnosed}, std::move(seen));
  if (report_failed_files(run, settled)) return;
  if (settled.nothing_left) return end_with_nothing_left(run, failure);
  if (failure.signal) return leave_command_owed(run, *failure.signal);
  finish_rollback(run, failure, std::move(settled));
}

void forbid_restoring(OpenRun& run, const StepFailure& failure) {
  run.journal.no_return_code = failure.exit_code;
  run.journal.failure = summary_of(run.context, failure);
  const bool is_written =
      try_to(run.listener, "that the deploy must not be rolled back could not be written", [&] { run.save(); });
  if (!is_written) end_unwritten(run);
}

}  // namespace backstep
