// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/automatic_rollback.h"

#include <fmt/core.h>

#include <csignal>

#include "backup/restore/evidence.h"
#include "backup/tracked/live_set.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/rollback/automatic_target.h"
#include "deploy/rollback/partial_rollback.h"
#include "deploy/rollback/rollback_words.h"
#include "deploy/rollback/settle.h"
#include "deploy/rollback/unrestored.h"
#include "deploy/run/judgement.h"
#include "deploy/run/origin.h"
#include "deploy/run/records.h"
#include "deploy/steps/commands.h"
#include "deploy/steps/missing_program.h"
#include "deploy/steps/service_names.h"
#include "store/records/live_version.h"
#include "store/records/verdicts.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

using Event = HistoryLine::Event;
using Result = Outcome::Result;

void copy_facts(const Journal& journal, const StepFailure& failure, Outcome& outcome) {
  outcome.run = journal.run;
  outcome.backup = journal.backup.label();
  outcome.was_unhealthy_before = journal.was_unhealthy_before;
  outcome.target_reason = journal.target_reason;
  outcome.when.run_began = journal.started;
  if (journal.target) outcome.restored_from = journal.target->label();
  if (journal.leaves_mixture()) outcome.rolled_back_only = journal.scope.only_services;
  outcome.evidence = journal.evidence.label();
  if (!outcome.failure && !failure.shown.step.empty()) outcome.failure = failure.shown;
  if (outcome.advice.empty()) outcome.advice = failure.advice;
}

SettleRules whole_rules(const StepFailure& failure) {
  SettleRules rules{.as_owner = true, .finishing = true, .whole = true, .texts = {}};
  if (!failure.check_output.empty()) {
    rules.texts.push_back({kCheckOutputFile, failure.check_output});
  }
  return rules;
}

void note_failed(const Site& site, Outcome& outcome) {
  outcome.when.failed = site.context.clock.wall_seconds();
}

std::string what_is_owed(const Journal& journal) {
  return journal.owed ? printable(journal.settings.rollback_command().shown()) : "";
}

// The first thing wanted after a failure is a look at what failed.
void name_evidence(Outcome& outcome) {
  if (outcome.exit_status == 0) return;
  outcome.next.push_back(outcome.evidence.empty()
                             ? "backstep status"
                             : look_at_failed(outcome.restored_from, outcome.evidence));
}

// After a rollback by hand that is the version from which it came.
void name_way_back(Outcome& outcome) {
  if (outcome.exit_status == 0 || outcome.evidence.empty()) return name_evidence(outcome);
  outcome.next.push_back("backstep rollback --to " + outcome.evidence);
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

// Of the target, whose manifest was whole a moment ago.
std::string digest_of(const Site& site, const Journal& journal) {
  return read_set(site.store, journal.target->ref, journal.patterns).manifest.digest;
}

std::optional<Seen> aim(const Site& site, Journal& journal) {
  Index index = Index::load(site.store);
  LiveSet live = read_live_set(site.tree(journal.patterns), &index, Oddities::kReport);
  std::optional<ChosenTarget> chosen = choose_target(site, journal, live);
  if (!chosen) return std::nullopt;
  const Target& target = chosen->target;
  journal.digest = live.digest;
  journal.target = chosen->set.recorded();
  journal.target_reason = target.reason;
  site.context.listener.note(
      fmt::format("Rolling back to {}: {}", target.ref.label(), target.reason));
  return Seen{std::move(index), std::move(live), std::move(chosen->set)};
}

void leave_command_owed(const Journal& journal, const StepFailure& failure, int signal,
                        Outcome& outcome) {
  outcome.end_with(Result::kRollbackOwed, ExitCode::kInternal);
  outcome.exit_status = exit_status_of_signal(signal);
  copy_facts(journal, failure, outcome);
  outcome.owed = what_is_owed(journal);
  outcome.live = files_words(journal);
  outcome.services = "services: unknown";
  outcome.next.emplace_back("backstep recover");
}

// The rollback command has run; only the check after it was stopped.
void leave_unchecked(const Journal& journal, const StepFailure& failure, int signal,
                     Outcome& outcome) {
  leave_command_owed(journal, failure, signal, outcome);
  if (journal.owed) return;
  outcome.result = Result::kRolledBack;
  outcome.services = journal.settings.rollback_command().empty()
                         ? not_redeployed_words(outcome.files_only)
                         : "services: rolled back, not checked";
}

// Where the deploy's tools are missing, the rollback ends with the files. What the command owes
// stays in the journal, which blocks nobody.
void leave_to_the_host(const Site& site, const Journal& journal, const StepFailure& failure,
                       Outcome& outcome) {
  outcome.end_with(Result::kFilesRestored, ExitCode::kRolledBackUnhealthy);
  outcome.files_only = true;
  copy_facts(journal, failure, outcome);
  outcome.live = files_words(journal);
  outcome.live_digest = digest_of_mixture(site, journal);
  const Event event = journal.leaves_mixture() ? Event::kRolledBack : Event::kRestored;
  if (!journal.owed) {
    outcome.services = not_redeployed_words(false);
    name_evidence(outcome);
    return end_journal(site, journal, event, outcome);
  }
  outcome.owed = what_is_owed(journal);
  outcome.services = "services: unknown, the rollback command is owed: " + outcome.owed;
  outcome.next.emplace_back("backstep recover");
  if (outcome.advice.empty()) {
    outcome.advice =
        "'backstep recover' runs it, where the deploy's tools are; the next run deploys anyway";
  }
  record_end(site, journal, event, outcome);
}

void say_verdict(const Site& site, const Journal& journal, const FailedRun& run, Outcome& outcome) {
  outcome.verdict = verdict_of_failed(run);
  std::vector<VerdictLine> lines =
      service_verdict_lines(site, journal, journal.passed_services, Verdict::kGood);
  const auto bad = service_verdict_lines(site, journal, outcome.bad_services, Verdict::kBad);
  lines.insert(lines.end(), bad.begin(), bad.end());
  if (outcome.verdict == Verdict::kBad) {
    lines.push_back(verdict_line(site, journal, Verdict::kBad));
  }
  try {
    append_verdicts(site.store, lines);
  } catch (const Error& error) {
    say_unrecorded(error, outcome);
  }
}

// A check that passes on exactly the files that came back clears them like any other pass. The
// commit is that of the run that brought them, not of this call.
void note_passed(const Site& site, const Journal& journal, Outcome& outcome) {
  try {
    const std::vector<HistoryLine> history = history_about(site.store, outcome.live_digest);
    const HistoryLine* deploy = deploy_of(history, outcome.live_digest);
    VerdictLine line = verdict_line(site, journal, Verdict::kGood);
    line.digest = outcome.live_digest;
    line.commit = deploy == nullptr ? "" : deploy->commit;
    append_verdict(site.store, line);
  } catch (const Error& error) {
    say_unrecorded(error, outcome);
  }
}

void advise(const Site& site, const ProcessResult& result, const Command& command,
            Outcome& outcome) {
  if (!outcome.advice.empty()) return;
  outcome.advice = missing_program_advice(result, command, site.context.environment);
}

// The rollback command, once. False: the outcome says how it ended.
bool run_owed_command(const Site& site, Journal& journal, const StepFailure& failure,
                      Commands& commands, Outcome& outcome) {
  const ProcessResult result = commands.run(Step::kRollback, journal.settings.rollback_command(),
                                            journal.settings.timeouts.rollback);
  if (result.end == ProcessResult::End::kStopped) {
    leave_command_owed(journal, failure, result.signal, outcome);
    return false;
  }
  if (!result.succeeded()) {
    copy_facts(journal, failure, outcome);
    report_failed_rollback(journal, "the rollback command " + result.described(), outcome);
    outcome.services = files_words(journal) + "; services: unknown";
    outcome.owed = what_is_owed(journal);
    outcome.after_restore = failure_of(Step::kRollback, result).shown;
    advise(site, result, journal.settings.rollback_command(), outcome);
    return false;
  }
  journal.owed = false;
  save_journal(site.store, journal);
  return true;
}

// How things stand after the files are back and the rollback command has run.
struct Aftermath {
  const StoredSet& target;
  // What the restore left. Not the target: what it kept, and a partial rollback, differ from that
  // on purpose.
  const std::vector<FileEntry>& left;
  std::string digest;  // of that
  CheckResults checks;
  bool redeployed = false;  // the rollback command ran
};

// What fails with either version is seldom a matter of the files.
void look_elsewhere(const StepFailure& failure, const CheckResults& checks, Outcome& outcome) {
  const bool proved = failure.check_failed && checks.failed_for_sure();
  if (!proved || !outcome.advice.empty()) return;
  outcome.advice =
      "both versions fail the check: look beyond these files, at what they need (a database, a "
      "migration) and at the check itself";
}

void tell_check(const Site& site, const StepFailure& failure, const CheckResults& checks,
                Outcome& outcome) {
  if (checks.passed()) {
    outcome.when.healthy_again = site.context.clock.wall_seconds();
    return;
  }
  outcome.after_restore = failure_of(checks).shown;
  outcome.next.insert(outcome.next.begin(), "backstep check");
  look_elsewhere(failure, checks, outcome);
}

// A rollback command or a check that writes the files anew (a deploy that fetches or generates) has
// undone the rollback, whatever the check said of it: nothing is stamped by that.
bool changed_again(const Site& site, const Journal& journal, const Aftermath& aftermath,
                   Outcome& outcome) {
  // Where nothing ran, nothing can have changed them.
  outcome.live_digest = aftermath.digest;
  if (!aftermath.redeployed && aftermath.checks.empty()) return false;
  std::vector<std::string> changed;
  try {
    const Index index = Index::load(site.store);
    const LiveSet now = read_live_set(site.tree(journal.patterns), &index, Oddities::kReport);
    outcome.live_digest = now.digest;
    for (const std::string& text : now.warnings) site.context.listener.warning(text);
    changed = paths_changed_between(aftermath.left, now.files);
  } catch (const Error& error) {
    site.context.listener.warning("the records will not say what is live now: " + error.message());
  }
  if (changed.empty()) return false;
  outcome.end_with(Result::kChangedAgain, ExitCode::kRolledBackUnhealthy);
  outcome.live = fmt::format(
      "what lies here, which is not what the rollback put back: the rollback command or its check "
      "changed {} "
      "again",
      printable(listed(changed)));
  outcome.advice =
      "a rollback command must not fetch or generate these files: give rollback.command one that "
      "only puts them live";
  return true;
}

void end_by_hand(const Site& site, const Journal& journal, const Aftermath& aftermath,
                 Outcome& outcome) {
  const bool is_target = outcome.live_digest == aftermath.target.manifest.digest;
  if (is_target) outcome.origin = origin_of(site.store, outcome.live_digest);
  if (aftermath.checks.passed() && is_target) {
    note_passed(site, journal, outcome);
    outcome.verdict = Verdicts::load(site.store).of(outcome.live_digest);
  }
  end_journal(site, journal, Event::kRolledBack, outcome);
}

void end_by_itself(const Site& site, const Journal& journal, const StepFailure& failure,
                   const Aftermath& aftermath, Outcome& outcome) {
  const bool healthy = aftermath.checks.passed();
  outcome.origin = origin_of(site.store, outcome.live_digest);
  say_verdict(site, journal,
              {.check_failed = failure.check_failed,
               .check_could_run = failure.check_could_run,
               .differs_from_target = aftermath.digest != journal.digest,
               .healthy_after_restore = healthy},
              outcome);
  if (healthy && journal.leaves_mixture()) {
    keep_mixture(site, journal, aftermath.digest, outcome);
  } else if (healthy && aftermath.digest != journal.digest &&
             outcome.live_digest == aftermath.target.manifest.digest) {
    note_passed(site, journal, outcome);
  }
  end_journal(site, journal, Event::kRolledBack, outcome);
}

void end_rolled_back(const Site& site, const Journal& journal, const StepFailure& failure,
                     const Aftermath& aftermath, Outcome& outcome) {
  const CheckResults& checks = aftermath.checks;
  const bool healthy = checks.passed();
  const bool by_hand = journal.by_hand();
  ExitCode code = healthy ? ExitCode::kRolledBackHealthy : ExitCode::kRolledBackUnhealthy;
  // By hand a rollback is what was wanted, so only a failed check is a failure.
  if (by_hand && (healthy || checks.empty())) code = ExitCode::kOk;
  outcome.end_with(Result::kRolledBack, code);
  copy_facts(journal, failure, outcome);
  outcome.live = version_now(journal, aftermath.digest) + health_now(journal, checks);
  if (!checks.empty()) tell_check(site, failure, checks, outcome);
  if (journal.settings.rollback_command().empty()) {
    outcome.services = not_redeployed_words(outcome.files_only);
  }
  const bool again = changed_again(site, journal, aftermath, outcome);
  by_hand ? name_way_back(outcome) : name_evidence(outcome);
  if (again) return end_journal(site, journal, Event::kRolledBack, outcome);
  if (only_files_are_back(journal)) {
    return end_journal(site, journal, Event::kRestored, outcome);
  }
  by_hand ? end_by_hand(site, journal, aftermath, outcome)
          : end_by_itself(site, journal, failure, aftermath, outcome);
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
  note_failed(site, outcome);
  if (!journal.settings.rollback.enabled)
    return leave_unrestored(site, journal, failure, false, outcome);
  journal.failure = summary_of(site, failure);
  journal.target = journal.backup;
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
  outcome.origin = origin_of(site.store, digest_of(site, journal));
  name_evidence(outcome);
  if (!journal.owed) return end_journal(site, journal, Event::kRestored, outcome);
  // An earlier run's debt, which this run's deploy would have paid.
  outcome.owed = what_is_owed(journal);
  outcome.services = "services: unknown, an earlier run's rollback command is still owed";
  outcome.next = {"backstep recover"};
  record_end(site, journal, Event::kRestored, outcome);
}

void step_back(const Site& site, Journal& journal, const StepFailure& failure, Outcome& outcome) {
  note_failed(site, outcome);
  if (journal.leaves_failed_files()) return leave_unrestored(site, journal, failure, true, outcome);
  journal.failure = summary_of(site, failure);
  copy_facts(journal, failure, outcome);
  std::optional<Seen> seen = aim(site, journal);
  if (!seen) {
    return report_failed_rollback(journal, "no backup is whole; nothing was changed", outcome);
  }
  narrow_scope(site, journal, failure);
  Settled settled = settle(site, journal, whole_rules(failure), std::move(seen));
  outcome.restored = settled.restored;
  if (settled.nothing_left) return end_with_nothing_left(site, journal, failure, outcome);
  if (failure.signal) {
    return leave_command_owed(journal, failure, *failure.signal, outcome);
  }
  pay_debt(site, journal, failure, outcome, std::move(settled));
}

void pay_debt(const Site& site, Journal& journal, const StepFailure& failure, Outcome& outcome,
              Settled settled) {
  if (!site.context.may_redeploy) return leave_to_the_host(site, journal, failure, outcome);
  const StoredSet target = settled.target
                               ? std::move(*settled.target)
                               : read_set(site.store, journal.target->ref, journal.patterns);
  const std::vector<FileEntry> left =
      settled.files ? std::move(*settled.files)
                    : read_live_set(site.tree(journal.patterns), nullptr, Oddities::kReport).files;
  const std::string digest = set_digest(left);
  Commands commands(site, journal);
  commands.now_live(digest,
                    journal.leaves_mixture() ? journal.scope.only_services : outcome.changed);
  const bool redeploys = journal.owed;
  if (redeploys && !run_owed_command(site, journal, failure, commands, outcome)) return;
  CheckResults checks;
  if (journal.settings.has_check()) {
    // Not the target's: a restore may have kept some that it lacks.
    checks =
        commands.check(services_here(site.context.workspace, journal.patterns, site.context.place));
    if (checks.stopped) {
      const int signal = site.context.signals.caught().value_or(SIGTERM);
      return leave_unchecked(journal, failure, signal, outcome);
    }
    if (checks.whole && checks.whole->cannot_run) {
      advise(site, checks.whole->last, journal.settings.health.test, outcome);
    }
  }
  if (failure.check_failed && journal.recorded) {
    outcome.bad_services = proved_bad(journal, checks, target.manifest.files);
  }
  end_rolled_back(site, journal, failure, {target, left, digest, std::move(checks), redeploys},
                  outcome);
}

}  // namespace backstep
