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

void advise(OpenRun& run, const std::string& advice) {
  if (run.outcome.advice.empty()) run.outcome.advice = advice;
}

// The rollback command has run; only the check after it was stopped.
void leave_unchecked(OpenRun& run, int signal) {
  leave_command_owed(run, signal);
  if (run.journal.owed) return;
  run.outcome.result = Result::kRolledBack;
  run.outcome.services = run.journal.settings.rollback_command().empty() ? not_redeployed_words(run.outcome.files_only)
                                                                         : "services: rolled back, not checked";
}

// Where the deploy's tools are missing, the rollback ends with the files. What the command owes
// stays in the journal, which blocks nobody.
void leave_to_the_host(OpenRun& run) {
  Outcome& outcome = run.outcome;
  outcome.end_with(Result::kFilesRestored, ExitCode::kRolledBackUnhealthy);
  outcome.files_only = true;
  outcome.live = files_words(run.journal);
  outcome.live_digest = digest_of_mixture(run);
  const Event event = run.journal.leaves_mixture() ? Event::kRolledBack : Event::kRestored;
  if (!run.journal.owed) {
    outcome.services = not_redeployed_words(false);
    name_evidence(run);
    return end_journal(run, event);
  }
  outcome.owed = what_is_owed(run.journal);
  outcome.services = "services: unknown, the rollback command is owed: " + outcome.owed;
  outcome.next.push_back(run.command("recover"));
  if (!run.distrust.empty()) outcome.advice = run.distrust + "; then 'recover' runs it";
  if (outcome.advice.empty()) {
    outcome.advice = "'recover' runs it, where the deploy's tools are; the next run deploys anyway";
  }
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
    report_failed_rollback(run, "the rollback command " + result.described());
    run.outcome.services = files_words(run.journal) + "; services: unknown";
    run.outcome.after_restore = failure_of(Step::kRollback, result).shown;
    advise(run, missing_program_advice(result, command, run.context.environment));
    return false;
  }
  run.journal.owed = false;
  run.save();
  return true;
}

// What fails with either version is seldom a matter of the files, unless a container still has the failed ones.
void look_elsewhere(OpenRun& run, const StepFailure& failure, const AfterRestore& after) {
  std::string& advice = run.outcome.advice;
  if (!advice.empty()) return;
  advice = mount_words(run.context.workspace, after.replaced);
  if (failure.checks.empty() || !after.checks.failed_for_sure()) return;
  advice =
      "both versions fail the check: look beyond these files, at what they need (a database, a migration) and at the "
      "check itself" +
      (advice.empty() ? "" : "; and " + advice);
}

void tell_check(OpenRun& run, const StepFailure& failure, const AfterRestore& after) {
  const CheckResults& checks = after.checks;
  if (checks.empty()) return;
  if (checks.passed()) {
    run.outcome.when.healthy_again = run.now();
    return;
  }
  run.outcome.after_restore = failure_of(checks).shown;
  run.outcome.next.insert(run.outcome.next.begin(), run.command("check"));
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
  outcome.live = fmt::format(
      "what lies here, which is not what the rollback put back: the rollback command or its check changed {} again",
      printable(listed(changed)));
  outcome.advice =
      "a rollback command must not fetch or generate these files: give rollback.command one that only puts them live";
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
  run.outcome.live = version_now(journal, after.digest) + health_now(journal, after.checks);
  tell_check(run, failure, after);
  if (journal.settings.rollback_command().empty()) {
    run.outcome.services = not_redeployed_words(run.outcome.files_only);
  }
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
  if (!checks.stopped && checks.whole && !checks.whole->could_run) advise(run, checks.advice);
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
    return leave_unchecked(run, run.context.signals.caught().value_or(SIGTERM));
  }
  if (!failure.checks.empty() && journal.recorded) {
    run.outcome.bad_services = proved_bad(journal, after);
  }
  end_rolled_back(run, failure, after);
}

void leave_command_owed(OpenRun& run, int signal) {
  run.outcome.end_with(Result::kRollbackOwed, ExitCode::kInternal, signal);
  run.outcome.owed = what_is_owed(run.journal);
  run.outcome.live = files_words(run.journal);
  run.outcome.services = "services: unknown";
  run.outcome.next.push_back(run.command("recover"));
}

void report_failed_rollback(OpenRun& run, const std::string& why) {
  run.outcome.end_with(Result::kRollbackFailed, ExitCode::kRollbackFailed);
  run.outcome.live = "THE ROLLBACK FAILED: " + why;
  run.outcome.owed = what_is_owed(run.journal);
  run.outcome.next = {run.command("status"), run.command("recover")};
}

bool report_failed_files(OpenRun& run, const Settled& settled) {
  if (settled.failed.empty()) return false;
  std::vector<std::string> names;
  for (const auto& [path, why] : settled.failed) {
    names.push_back(path.empty() ? "all" : printable(path));
    run.listener.warning(fmt::format("{} was not put back: {}", names.back(), why));
  }
  report_failed_rollback(run,
                         fmt::format("not put back: {} ({}); the rest is", listed(names), settled.failed.front().why));
  run.outcome.advice = "move away by hand what is in the way, or give it to this user; 'recover' then goes on";
  return true;
}

}  // namespace backstep
