// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/automatic_rollback.h"

#include <fmt/core.h>

#include <csignal>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/records.h"
#include "deploy/steps/commands.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

using Event = HistoryLine::Event;
using Result = Outcome::Result;

// The rollback command has run; only the check after it was stopped.
void leave_unchecked(OpenRun& run, const std::string& digest, int signal) {
  run.outcome.end_with(Result::kRolledBack, ExitCode::kInternal, signal);
  say_live(run, digest, ", not checked");
  run.outcome.advise("check it, and end this run", run.command("recover"));
}

// Where the deploy's tools are missing, the rollback ends with the files. What the command owes
// stays in the journal, which blocks nobody.
void leave_to_the_host(OpenRun& run) {
  Outcome& outcome = run.outcome;
  outcome.end_with(Result::kFilesRestored, ExitCode::kRolledBackUnhealthy);
  outcome.files_only = true;
  outcome.live_digest = digest_of_mixture(run);
  const Event event = run.journal.leaves_mixture() ? Event::kRolledBack : Event::kRestored;
  if (!run.journal.owed) {
    outcome.set_live(Live::kRestoredFiles, not_redeployed_words(false));
    name_evidence(run);
    return end_journal(run, event);
  }
  outcome.advise(run.distrust);
  say_owed(run);
  record_end(run, event);
}

// The rollback command, once. False: the outcome says how it ended.
bool run_owed_command(OpenRun& run, Commands& commands) {
  const Command command = run.journal.settings.rollback_command();
  const ProcessResult result = commands.run(Step::kRollback, command, run.journal.settings.timeouts.rollback);
  if (result.end == ProcessResult::End::kStopped) {
    leave_command_owed(run, result.signal);
    return false;
  }
  if (!result.succeeded()) {
    run.outcome.advise(missing_program_advice(result, command, run.context.environment));
    report_failed_rollback(run, Live::kUnknown,
                           ": " + files_words(run.journal) + ", but the rollback command " + result.described());
    run.outcome.after_restore = failure_of(Step::kRollback, result).shown;
    return false;
  }
  run.journal.owed = false;
  run.save();
  return true;
}

// What fails with either version is seldom a matter of the files, unless a container still has the failed ones.
void look_elsewhere(OpenRun& run, const StepFailure& failure, const AfterRestore& after) {
  if (!failure.checks.empty() && after.checks.failed_for_sure()) {
    run.outcome.advise("both versions fail the check: look at what they need (a database, a migration)");
    run.outcome.advise("look at the check itself, and call it again", run.command("check"));
  } else {
    run.outcome.advise("check again", run.command("check"));
  }
  run.outcome.advise(mount_words(run.context.workspace, after.replaced), "docker compose up -d --force-recreate");
}

void tell_check(OpenRun& run, const StepFailure& failure, const AfterRestore& after) {
  const CheckResults& checks = after.checks;
  if (checks.empty()) return;
  if (checks.passed()) {
    run.outcome.when.healthy_again = run.now();
    return;
  }
  run.outcome.after_restore = failure_of(checks).shown;
  look_elsewhere(run, failure, after);
}

// A rollback command or a check that writes the files anew (a deploy that fetches or generates) has
// undone the rollback, whatever the check said of it: nothing is stamped by that.
bool changed_again(OpenRun& run, const AfterRestore& after) {
  Outcome& outcome = run.outcome;
  // Where nothing ran, nothing can have changed them.
  outcome.live_digest = after.digest;
  if (!after.redeployed && after.checks.empty()) return false;
  const std::optional<LiveSet> now = live_for_records(run);
  if (!now) return false;
  outcome.live_digest = now->digest;
  const std::vector<std::string> changed = paths_changed_between(after.left, now->files);
  if (changed.empty()) return false;
  outcome.end_with(Result::kChangedAgain, ExitCode::kRolledBackUnhealthy);
  outcome.set_live(Live::kUnknown, fmt::format(": the rollback command or its check changed {} again after the restore",
                                               printable(listed(changed))));
  outcome.advise("give rollback.command one that only puts these files live: it must not fetch or generate them");
  return true;
}

// By hand a rollback is what was wanted, so only a failed check is a failure.
ExitCode code_of(const Journal& journal, const CheckResults& checks) {
  if (journal.by_hand() && (checks.passed() || checks.empty())) return ExitCode::kOk;
  return checks.passed() ? ExitCode::kRolledBackHealthy : ExitCode::kRolledBackUnhealthy;
}

void end_rolled_back(OpenRun& run, const StepFailure& failure, AfterRestore& after) {
  const Journal& journal = run.journal;
  run.outcome.end_with(Result::kRolledBack, code_of(journal, after.checks));
  say_live(run, after.digest, health_now(journal, after.checks));
  tell_check(run, failure, after);
  std::exchange(after.replaced, {});
  const bool again = changed_again(run, after);
  name_evidence(run);
  if (again) return end_journal(run, Event::kRolledBack);
  if (only_files_are_back(journal)) return end_journal(run, Event::kRestored);
  give_verdict(run, failure, after);
  end_journal(run, Event::kRolledBack);
}

// What the restore left, which the rollback command and the check are judged by.
std::vector<FileEntry> files_left(const OpenRun& run, Settled& settled) {
  if (settled.files) return std::move(*settled.files);
  return read_live_set(run.tree(), nullptr, Oddities::kReport).files;
}

// What the rollback command has to put live again. By hand, and after a crash, no deploy of this
// run has told: then it is what came back.
std::vector<std::string> to_redeploy(const OpenRun& run) {
  const Journal& journal = run.journal;
  if (journal.leaves_mixture()) return journal.scope.only_services;
  std::vector<std::string> names = run.outcome.changed;
  if (!names.empty()) return names;
  for (const std::string& path : run.outcome.restored) {
    const std::string service = journal.patterns.service_of(path);
    names.push_back(service.empty() ? path : service);
  }
  return names;
}

CheckResults check_again(OpenRun& run, Commands& commands) {
  if (!run.journal.settings.has_check()) return {};
  // Not the target's services: a restore may have kept some that it lacks.
  CheckResults checks = commands.check(services_here(run.tree(), &run.listener));
  if (!checks.stopped && checks.whole && !checks.whole->could_run) run.outcome.advise(checks.advice);
  return checks;
}

}  // namespace

void finish_rollback(OpenRun& run, const StepFailure& failure, Settled settled) {
  if (!run.context.may_redeploy || !run.distrust.empty()) return leave_to_the_host(run);
  Journal& journal = run.journal;
  if (settled.target_digest.empty()) {
    settled.target_digest = read_set(run.store, journal.target->ref, journal.patterns).manifest.digest;
  }
  AfterRestore after{.target_digest = settled.target_digest, .left = files_left(run, settled)};
  after.replaced = std::move(settled.replaced);
  after.digest = set_digest(after.left);
  Commands commands(run);
  commands.now_live(after.digest, to_redeploy(run));
  after.redeployed = journal.owed;
  if (journal.owed && !run_owed_command(run, commands)) return;
  after.checks = check_again(run, commands);
  if (after.checks.stopped) {
    return leave_unchecked(run, after.digest, run.context.signals.caught().value_or(SIGTERM));
  }
  if (!failure.checks.empty() && journal.recorded) {
    run.outcome.bad_services = proved_bad(journal, after);
  }
  end_rolled_back(run, failure, after);
}

void leave_command_owed(OpenRun& run, int signal) {
  run.outcome.end_with(Result::kRollbackOwed, ExitCode::kInternal, signal);
  say_owed(run);
}

void report_failed_rollback(OpenRun& run, Live live, const std::string& why) {
  run.outcome.end_with(Result::kRollbackFailed, ExitCode::kRollbackFailed);
  run.outcome.set_live(live, why);
  run.outcome.owed = what_is_owed(run.journal);
  run.outcome.advise("see how far it came", run.command("status"));
  run.outcome.advise("mend what made the rollback fail, then finish it", run.command("recover"));
}

bool report_failed_files(OpenRun& run, const Settled& settled) {
  if (settled.failed.empty()) return false;
  std::vector<std::string> names;
  for (const auto& [path, why] : settled.failed) {
    names.push_back(path.empty() ? "all" : printable(path));
    run.listener.warning(fmt::format("{} was not put back: {}", names.back(), why));
  }
  run.outcome.advise("move away by hand what is in the way, or give it to this user");
  report_failed_rollback(
      run, Live::kUnknown,
      fmt::format(": {} could not be put back ({}); the rest is", listed(names), settled.failed.front().why));
  return true;
}

}  // namespace backstep
