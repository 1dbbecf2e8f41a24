// SPDX-License-Identifier: Apache-2.0
#include "deploy/finish.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/restore/flush_live.h"
#include "base/error.h"
#include "base/text.h"
#include "deploy/opening.h"
#include "deploy/recover.h"
#include "deploy/rollback/automatic_rollback.h"
#include "deploy/rollback/settle.h"
#include "deploy/run/begin_note.h"
#include "deploy/run/journal_tree.h"
#include "deploy/steps/accept.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

Outcome nothing_open(const Context& context, const Store* store) {
  Outcome outcome;
  if (const auto run = lost_begin(context, store)) {
    outcome.end_with(Outcome::Result::kRollbackFailed, ExitCode::kRollbackFailed);
    outcome.run = *run;
    outcome.live = fmt::format(
        "unknown: run {} was begun, but its journal is gone with the store; nothing was restored",
        *run);
    outcome.next = {"backstep list", "backstep rollback --to ID"};
    return outcome;
  }
  outcome.end_with(Outcome::Result::kNothingToDo, ExitCode::kOk);
  outcome.live = "no run is open: nothing to finish";
  return outcome;
}

class Finish {
 public:
  Finish(const Site& site, Journal journal)
      : run_(site, std::move(journal)), journal_(run_.journal) {}

  const Journal& journal() const { return journal_; }

  Outcome finish(const std::string& status) {
    if (journal_.phase != Phase::kArmed || !journal_.begun()) return settle_crashed_run();
    adopt_commands(run_.context.config, journal_);
    const JobStatus job = job_status_of(status);
    if (job == JobStatus::kUnknown) {
      run_.listener.warning(fmt::format(
          "the job's status is {}: taken as a failure",
          status.empty() ? "not given (--status success|failure|cancelled)" : in_quotes(status)));
    }
    if (job == JobStatus::kSuccess) return judge();
    note_changed();
    return go_back(job_failure(job, status));
  }

 private:
  Outcome settle_crashed_run() {
    const bool whole = !leaves_failed_files(run_);
    settle_and_finish(run_, {.as_owner = true, .finishing = true, .whole = whole, .texts = {}});
    // Settled well, but a job whose run crashed is no success: 0 would say that its version is
    // live.
    Outcome& outcome = run_.outcome;
    if (outcome.exit_status == 0 && outcome.result != Outcome::Result::kAccepted) {
      const bool stayed = outcome.result == Outcome::Result::kNotRolledBack;
      outcome.exit_status =
          static_cast<int>(stayed ? ExitCode::kNotRolledBack : ExitCode::kRolledBackUnhealthy);
    }
    return run_.end();
  }

  static StepFailure job_failure(JobStatus job, const std::string& status) {
    StepFailure failure;
    failure.shown = {
        "job",
        job == JobStatus::kCancelled ? "was cancelled" : "ended with status " + in_quotes(status),
        ""};
    if (status.empty()) failure.shown.described = "ended without a status";
    return failure;
  }

  Outcome judge() {
    LiveSet live;
    std::optional<StepFailure> failure;
    try {
      live = read_live();
      failure = judge_health(run_);
      if (failure && tells_nothing(*failure)) failure.reset();
    } catch (const Error& error) {
      failure.emplace();
      failure->shown = {"backstep", "failed: " + error.message(), ""};
    }
    if (failure) return go_back(*failure);
    accept(run_, live);
    return run_.end();
  }

  // In a guard's container `localhost` is the container and the host's programs are missing: a
  // check that failed there before the deploy, or cannot run, must not undo a job that went well.
  // One that passed there before the deploy and fails now does tell, whatever the others say.
  bool tells_nothing(const StepFailure& failure) const {
    if (run_.context.may_redeploy || !failure.check_failed) return false;
    const auto& failed = failure.failed_checks;
    const bool told_before = std::ranges::all_of(
        failed, [&](const auto& service) { return journal_.was_unhealthy(service); });
    if (!told_before) return false;
    run_.listener.warning(
        "the health check tells nothing in this container: accepted by the job's status");
    return true;
  }

  // For the report, the rollback command and the flush. A backup that cannot be read must stop
  // neither a job that went well nor the choice of a target, where it is named.
  std::vector<FileEntry> compare_with_backup(const LiveSet& live) {
    try {
      StoredSet before = read_set(run_.store, journal_.backup.ref, journal_.patterns);
      run_.outcome.changed = changed_between(before.manifest.files, live.files, journal_.patterns);
      run_.outcome.unchanged = run_.outcome.changed.empty();
      return std::move(before.manifest.files);
    } catch (const Error& error) {
      run_.listener.warning("what changed is not known: " + error.message());
      return {};
    }
  }

  void note_changed() {
    try {
      compare_with_backup(read_live_set(run_.tree(), nullptr, Oddities::kReport));
    } catch (const Error& error) {
      run_.listener.warning("what lies here cannot be read: " + error.message());
    }
  }

  LiveSet read_live() {
    const Index index = Index::load(run_.store);
    const Tree tree = run_.tree();
    LiveSet live = read_live_set(tree, &index);
    flush_live(tree, compare_with_backup(live), live);
    journal_.digest = live.digest;
    journal_.recorded = record_of(live.files);
    journal_.phase = Phase::kDeployed;
    run_.save();
    return live;
  }

  Outcome go_back(const StepFailure& failure) {
    roll_back(run_, failure);
    return run_.end();
  }

  OpenRun run_;
  Journal& journal_;
};

Outcome left_to_its_owner(const Journal& journal) {
  Outcome outcome;
  outcome.end_with(Outcome::Result::kNothingToDo, ExitCode::kOk);
  outcome.live = fmt::format("run {} of {} is open ({}); it is not this job's, so it is left",
                             journal.run, printable(journal.owner), name_of(journal.phase));
  outcome.next = {"backstep status", "backstep recover"};
  return outcome;
}

}  // namespace

JobStatus job_status_of(const std::string& text) {
  if (text == "success") return JobStatus::kSuccess;
  if (text == "failure" || text == "failed" || text == "timedout") return JobStatus::kFailure;
  if (text == "cancelled" || text == "canceled") return JobStatus::kCancelled;
  return JobStatus::kUnknown;
}

Outcome finish(const Context& context, const std::string& status) {
  const auto found = Store::open_existing(context.workspace, context.place);
  if (!found || !found->has_control()) return nothing_open(context, nullptr);
  // A store that travelled between jobs as an artifact comes without its empty shelves.
  const Store store = open_store(context, Stranger::kLetIn);
  RunLock held = take_run_lock(context, store, Intent::kFinish);
  const Site site{context, store, held.lock};
  if (!held.open) held.open = take_back(site);
  if (!held.open) return nothing_open(context, &store);
  if (held.open->owner != context.owner) return left_to_its_owner(*held.open);
  announce(site, "finish", held.open->run);
  remove_leftovers(store);
  Finish finishing(site, std::move(*held.open));
  try {
    return finishing.finish(status);
  } catch (const Error& error) {
    return outcome_of_error(site, error, &finishing.journal());
  }
}

}  // namespace backstep
