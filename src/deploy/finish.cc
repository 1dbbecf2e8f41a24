// SPDX-License-Identifier: Apache-2.0
#include "deploy/story.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "deploy/opening.h"
#include "deploy/remote/exchange.h"
#include "deploy/rollback/automatic_rollback.h"
#include "deploy/run/journal_tree.h"
#include "deploy/run/records.h"
#include "deploy/steps/steps.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

Outcome nothing_open(const Context& context, const Store* store) {
  const auto run = lost_begin(context, store);
  if (!run) return nothing_to_do("no run is open: nothing to finish");
  Outcome outcome;
  outcome.end_with(Outcome::Result::kRollbackFailed, ExitCode::kRollbackFailed);
  outcome.run = *run;
  outcome.set_live(
      Live::kUnknown,
      fmt::format(": run {} was begun, but its journal is gone with the store; nothing was restored", *run));
  outcome.advise("see which backups there are", context.place.command("list"));
  outcome.advise("go back to one of them", context.place.command("rollback --to ID"));
  return outcome;
}

void settle_crashed_run(OpenRun& run) {
  const bool whole = !leaves_failed_files(run);
  settle_and_finish(run, {.as_owner = true, .whole = whole});
  // Settled well, but a job whose run crashed is no success: 0 would say that its version is
  // live.
  Outcome& outcome = run.outcome;
  if (outcome.exit_status == 0 && outcome.result != Outcome::Result::kAccepted) {
    const bool stayed = outcome.result == Outcome::Result::kNotRolledBack;
    outcome.exit_status = static_cast<int>(stayed ? ExitCode::kNotRolledBack : ExitCode::kRolledBackUnhealthy);
  }
}

StepFailure job_failure(JobStatus job, const std::string& status) {
  std::string described = "ended with status " + in_quotes(status);
  if (job == JobStatus::kCancelled) described = "was cancelled";
  if (status.empty()) described = "ended without a status";
  return {.shown = {"job", described, ""}};
}

// In a guard's container `localhost` is the container and the host's programs are missing: a
// check that failed there before the deploy, or cannot run, must not undo a job that went well.
// One that passed there before the deploy and fails now does tell, whatever the others say.
bool tells_nothing(const OpenRun& run, const StepFailure& failure) {
  if (run.context.may_redeploy || failure.checks.empty()) return false;
  const std::vector<std::string> failed = failure.checks.failed_for_sure_of();
  const bool told_before =
      std::ranges::all_of(failed, [&](const auto& service) { return run.journal.was_unhealthy(service); });
  if (!told_before) return false;
  run.listener.warning("the health check tells nothing in this container: accepted by the job's status");
  return true;
}

// For the report, the rollback command and the flush. A backup that cannot be read must stop
// neither a job that went well nor the choice of a target, where it is named.
std::vector<FileEntry> compare_with_backup(OpenRun& run, const LiveSet& live) {
  std::vector<FileEntry> before;
  try_to(run.listener, "what changed is not known", [&] {
    const Patterns& patterns = run.journal.patterns;
    before = read_set(run.store, run.journal.backup.ref, patterns).manifest.files;
    run.outcome.changed = changed_between(before, live.files, patterns);
    run.outcome.unchanged = run.outcome.changed.empty();
  });
  return before;
}

void note_changed(OpenRun& run) {
  try_to(run.listener, "what lies here cannot be read",
         [&] { compare_with_backup(run, read_live_set(run.tree(), nullptr, Oddities::kReport)); });
}

LiveSet read_live(OpenRun& run) {
  LiveSet live = run.look(Index::load(run.store));
  flush_live(run.tree(), compare_with_backup(run, live), live);
  run.record(live);
  run.journal.phase = Phase::kDeployed;
  run.save();
  return live;
}

void judge(OpenRun& run) {
  LiveSet live;
  std::optional<StepFailure> failure;
  try {
    live = read_live(run);
    if (!run.distrust.empty()) run.listener.warning(run.distrust);
    if (run.distrust.empty()) failure = judge_health(run);
    if (failure && tells_nothing(run, *failure)) failure.reset();
  } catch (const Error& error) {
    failure = StepFailure{.shown = {"backstep", "failed: " + error.message(), ""}};
  }
  if (!failure) return accept(run, live);
  live = LiveSet();  // going back makes its own list of all files
  roll_back(run, *failure);
}

void finish_run(OpenRun& run, const std::string& status) {
  if (run.journal.phase != Phase::kArmed || !run.journal.begun()) return settle_crashed_run(run);
  adopt_commands(run);
  const JobStatus job = job_status_of(status);
  if (job == JobStatus::kUnknown) {
    run.listener.warning(
        fmt::format("the job's status is {}: taken as a failure",
                    status.empty() ? "not given (--status success|failure|cancelled)" : in_quotes(status)));
  }
  if (job == JobStatus::kSuccess) return judge(run);
  note_changed(run);
  roll_back(run, job_failure(job, status));
}

Outcome left_to_its_owner(const Context& context, const Journal& journal) {
  Outcome outcome = nothing_to_do(fmt::format("run {} of {} is open ({}); it is not this job's, so it is left",
                                              journal.run, printable(journal.owner), name_of(journal.phase)));
  outcome.advise("see how far it came", context.place.command("status"));
  outcome.advise("end it, once nobody works on it", context.place.command("recover"));
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
  // What a run that was stopped could not store any more.
  if (!held.open) return stored_remotely(site, nothing_open(context, &store));
  if (held.open->owner != context.owner) return left_to_its_owner(context, *held.open);
  announce(site, "finish", held.open->run);
  remove_leftovers(store);
  OpenRun run(site, std::move(*held.open));
  try {
    finish_run(run, status);
    return stored_remotely(site, run.end());
  } catch (const Error& error) {
    return outcome_of_error(run, error);
  }
}

}  // namespace backstep
