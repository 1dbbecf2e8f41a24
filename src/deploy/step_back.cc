// SPDX-License-Identifier: Apache-2.0
#include "deploy/step_back.h"

#include <fmt/core.h>

#include "backup/live_set.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/commands.h"
#include "deploy/judgement.h"
#include "deploy/missing_program.h"
#include "deploy/records.h"
#include "deploy/settle.h"
#include "deploy/target.h"
#include "store/set_reader.h"
#include "store/verdicts.h"

namespace backstep {
namespace {

using Event = HistoryLine::Event;
using Result = Outcome::Result;

void copy_facts(const Journal& journal, const StepFailure& failure, Outcome& outcome) {
  outcome.run = journal.run;
  outcome.backup = journal.backup;
  outcome.was_unhealthy_before = journal.was_unhealthy_before;
  outcome.target_reason = journal.target_reason;
  if (journal.target) outcome.restored_from = journal.target->label();
  if (!journal.evidence.empty()) outcome.evidence = "failed/" + journal.evidence;
  if (!outcome.failure && !failure.shown.step.empty()) outcome.failure = failure.shown;
  if (outcome.advice.empty()) outcome.advice = failure.advice;
}

void end_journal(const Site& site, const Journal& journal, Event event, const Outcome& outcome) {
  append_history(site.store, history_line(site, journal, event, outcome.exit_status));
  remove_journal(site.store);
}

SettleRules whole_rules(const StepFailure& failure) {
  SettleRules rules{.as_owner = true, .finishing = true, .whole = true, .texts = {}};
  if (!failure.check_output.empty()) {
    rules.texts.push_back({"_health_check.txt", failure.check_output});
  }
  return rules;
}

std::string summary(const StepFailure& failure) {
  return failure.shown.step + " " + failure.shown.described;
}

// The first thing wanted after a failure is a look at what failed.
void name_evidence(Outcome& outcome) {
  if (outcome.exit_status == 0) return;
  outcome.next.push_back(outcome.evidence.empty() ? "backstep status"
                                                  : "backstep show " + outcome.evidence);
}

void stay_unrestored(const Site& site, Journal& journal, const StepFailure& failure,
                     bool deploy_begun, Outcome& outcome) {
  journal.failure = summary(failure);
  outcome.end_with(Result::kNotRolledBack, deploy_begun ? ExitCode::kNotRolledBack : failure.code);
  if (failure.signal) outcome.exit_status = exit_status_of_signal(*failure.signal);
  copy_facts(journal, failure, outcome);
  outcome.live = deploy_begun ? "the failed version (rollback is off)"
                              : "files not restored (rollback is off); nothing was deployed";
  outcome.next.push_back("backstep rollback --to " + journal.backup);
  end_journal(site, journal, Event::kUnrestored, outcome);
}

// A first run: there is no earlier version, so nothing may claim that one is back.
void end_with_nothing_left(const Site& site, const Journal& journal, const StepFailure& failure,
                           Outcome& outcome) {
  outcome.end_with(Result::kNothingToRollBackTo, ExitCode::kNothingToRollBackTo);
  if (failure.signal) outcome.exit_status = exit_status_of_signal(*failure.signal);
  copy_facts(journal, failure, outcome);
  outcome.live = "no earlier version exists; the new files were moved to " +
                 (outcome.evidence.empty() ? "nowhere: there were none" : outcome.evidence);
  outcome.services = "what the deploy started is still running";
  name_evidence(outcome);
  end_journal(site, journal, Event::kNothingToRollBackTo, outcome);
}

bool aim(const Site& site, Journal& journal) {
  const LiveSet live = read_live_set(site.tree(journal.patterns), nullptr, Oddities::kReport);
  const std::optional<Target> target = choose_target(site, journal, live);
  if (!target) return false;
  journal.digest = live.digest;
  journal.target = target->ref;
  journal.target_reason = target->reason;
  site.context.listener.note(
      fmt::format("Rolling back to {}: {}", target->ref.label(), target->reason));
  return true;
}

void leave_command_owed(const Journal& journal, const StepFailure& failure, int signal,
                        Outcome& outcome) {
  outcome.end_with(Result::kRollbackOwed, ExitCode::kInternal);
  outcome.exit_status = exit_status_of_signal(signal);
  copy_facts(journal, failure, outcome);
  outcome.live = "files: old";
  outcome.services = "services: unknown";
  outcome.next.emplace_back("backstep recover");
}

// The rollback command has run; only the check after it was stopped.
void leave_unchecked(const Journal& journal, const StepFailure& failure, int signal,
                     Outcome& outcome) {
  leave_command_owed(journal, failure, signal, outcome);
  if (journal.owed) return;
  outcome.result = Result::kRolledBack;
  outcome.services = "services: rolled back, not checked";
}

// Where the deploy's tools are missing, the rollback ends with the files. What the command owes
// stays in the journal, which blocks nobody.
void leave_to_the_host(const Site& site, const Journal& journal, const StepFailure& failure,
                       Outcome& outcome) {
  outcome.end_with(Result::kFilesRestored, ExitCode::kRolledBackUnhealthy);
  outcome.files_only = true;
  copy_facts(journal, failure, outcome);
  outcome.live = "files: old";
  if (!journal.owed) {
    outcome.services = "services: not redeployed (no rollback command is set)";
    name_evidence(outcome);
    return end_journal(site, journal, Event::kRestored, outcome);
  }
  outcome.services = fmt::format("services: unknown, the rollback command is owed: {}",
                                 printable(journal.rollback_command.shown()));
  outcome.next.emplace_back("backstep recover");
  if (outcome.advice.empty()) {
    outcome.advice =
        "'backstep recover' runs it, where the deploy's tools are; the next run deploys anyway";
  }
  append_history(site.store, history_line(site, journal, Event::kRestored, outcome.exit_status));
}

void say_verdict(const Site& site, const Journal& journal, const FailedRun& run, Outcome& outcome) {
  outcome.verdict = verdict_of_failed(run);
  if (outcome.verdict != Verdict::kBad) return;
  append_verdict(site.store, {.run = journal.run,
                              .digest = journal.digest,
                              .good = false,
                              .by_human = false,
                              .time = site.context.clock.wall_seconds(),
                              .commit = journal.commit});
}

void advise(const Site& site, const ProcessResult& result, const Command& command,
            Outcome& outcome) {
  if (!outcome.advice.empty()) return;
  outcome.advice = missing_program_advice(result, command, site.context.environment);
}

// The rollback command, once. False: the outcome says how it ended.
bool run_owed_command(const Site& site, Journal& journal, const StepFailure& failure,
                      Commands& commands, Outcome& outcome) {
  if (!journal.owed) return true;
  const ProcessResult result =
      commands.run(Step::kRollback, journal.rollback_command, journal.timeouts.rollback);
  if (result.end == ProcessResult::End::kStopped) {
    leave_command_owed(journal, failure, result.signal, outcome);
    return false;
  }
  if (!result.succeeded()) {
    copy_facts(journal, failure, outcome);
    report_failed_rollback(journal, "the rollback command " + result.described(), outcome);
    outcome.services = "services: unknown";
    advise(site, result, journal.rollback_command, outcome);
    if (outcome.failure && outcome.failure->output_tail.empty()) {
      outcome.failure->output_tail = result.output.last_lines(20);
    }
    return false;
  }
  journal.owed = false;
  save_journal(site.store, journal);
  return true;
}

// What a human goes back to may well be newer than what lay there.
std::string version_now(const Journal& journal, const std::string& target_digest) {
  if (target_digest == journal.digest) return "the same files as before";
  return journal.verb == "rollback" ? "the files of " + journal.target->label() : "the old version";
}

std::string health_now(const Journal& journal, const std::optional<HealthResult>& check) {
  if (!check) {
    return journal.verb == "rollback" ? " (not checked)" : " (not checked: no health check is set)";
  }
  if (check->healthy()) return ", healthy again";
  return ", STILL UNHEALTHY: " + check->last.described() + ", " + check->reason;
}

// How things stand after the files are back and the rollback command has run.
struct Aftermath {
  std::string target_digest;
  std::optional<HealthResult> check;
};

void end_rolled_back(const Site& site, const Journal& journal, const StepFailure& failure,
                     const Aftermath& aftermath, Outcome& outcome) {
  const auto& [target_digest, check] = aftermath;
  const bool healthy = check && check->healthy();
  ExitCode code = healthy ? ExitCode::kRolledBackHealthy : ExitCode::kRolledBackUnhealthy;
  // By hand a rollback is what was wanted, so only a failed check is a failure.
  if (journal.verb == "rollback" && (healthy || !check)) code = ExitCode::kOk;
  outcome.end_with(Result::kRolledBack, code);
  copy_facts(journal, failure, outcome);
  name_evidence(outcome);
  outcome.live = version_now(journal, target_digest) + health_now(journal, check);
  say_verdict(site, journal,
              {.check_failed = failure.check_failed,
               .check_could_run = failure.check_could_run,
               .differs_from_target = target_digest != journal.digest,
               .healthy_after_restore = healthy},
              outcome);
  end_journal(site, journal, Event::kRolledBack, outcome);
}

}  // namespace

void report_failed_rollback(const Journal& journal, const std::string& why, Outcome& outcome) {
  outcome.end_with(Result::kRollbackFailed, ExitCode::kRollbackFailed);
  outcome.run = journal.run;
  outcome.live = "THE ROLLBACK FAILED: " + why;
  outcome.next = {"backstep status", "backstep recover"};
}

void put_files_back(const Site& site, Journal& journal, const StepFailure& failure,
                    Outcome& outcome) {
  if (!journal.rollback_enabled) return stay_unrestored(site, journal, failure, false, outcome);
  journal.failure = summary(failure);
  journal.target = SetRef{Shelf::kBackups, journal.backup};
  journal.target_reason = "this run's backup";
  const Settled settled = settle(site, journal, whole_rules(failure));
  outcome.end_with(Result::kFilesRestored, failure.code);
  if (failure.signal) outcome.exit_status = exit_status_of_signal(*failure.signal);
  outcome.restored = settled.restored;
  copy_facts(journal, failure, outcome);
  outcome.live = settled.nothing_left
                     ? "no earlier version exists; the new files were moved to " + outcome.evidence
                     : "the old version: files restored, nothing was deployed";
  if (settled.restored.empty()) outcome.live = "the old version: nothing was changed or deployed";
  name_evidence(outcome);
  if (!journal.owed) return end_journal(site, journal, Event::kRestored, outcome);
  // An earlier run's debt, which this run's deploy would have paid.
  outcome.services = "services: unknown, an earlier run's rollback command is still owed";
  outcome.next = {"backstep recover"};
  append_history(site.store, history_line(site, journal, Event::kRestored, outcome.exit_status));
}

void step_back(const Site& site, Journal& journal, const StepFailure& failure, Outcome& outcome) {
  if (!journal.rollback_enabled) return stay_unrestored(site, journal, failure, true, outcome);
  journal.failure = summary(failure);
  copy_facts(journal, failure, outcome);
  if (!aim(site, journal)) {
    return report_failed_rollback(journal, "no backup is whole; nothing was changed", outcome);
  }
  const Settled settled = settle(site, journal, whole_rules(failure));
  outcome.restored = settled.restored;
  if (settled.nothing_left) return end_with_nothing_left(site, journal, failure, outcome);
  if (failure.signal) {
    return leave_command_owed(journal, failure, *failure.signal, outcome);
  }
  pay_debt(site, journal, failure, outcome);
}

void pay_debt(const Site& site, Journal& journal, const StepFailure& failure, Outcome& outcome) {
  if (!site.context.may_redeploy) return leave_to_the_host(site, journal, failure, outcome);
  const StoredSet target = read_set(site.store, *journal.target, journal.patterns);
  Commands commands(site, journal);
  commands.now_live(target.manifest.digest, outcome.changed);
  if (!run_owed_command(site, journal, failure, commands, outcome)) return;
  std::optional<HealthResult> check;
  if (!journal.health.empty()) {
    check = commands.check();
    if (check->verdict == HealthResult::Verdict::kStopped) {
      // A signal may come in the pause between two attempts, which then know nothing of it.
      const int signal = site.context.signals.caught().value_or(check->last.signal);
      return leave_unchecked(journal, failure, signal, outcome);
    }
    if (check->cannot_run) advise(site, check->last, journal.health.test, outcome);
  }
  end_rolled_back(site, journal, failure, {target.manifest.digest, check}, outcome);
}

}  // namespace backstep
