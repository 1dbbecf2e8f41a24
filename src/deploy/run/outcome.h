// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/duration.h"
#include "base/error.h"
#include "config/config.h"
#include "config/workspace.h"
#include "health/check.h"
#include "lint/lint.h"
#include "store/records/history.h"
#include "store/records/verdicts.h"

namespace backstep {

// How one health check ended, small enough to be kept of hundreds.
struct ServiceHealth {
  std::string service;  // "": it is the check of the whole
  OnFailure on_failure = OnFailure::kRollback;
  bool healthy = false;
  bool could_run = true;  // false: HealthResult::cannot_run; then it proves nothing
  int attempts = 0;
  Duration elapsed{0};
  HealthProof proof;
  std::string ending;       // of the last attempt: "exited with 7"
  std::string reason;       // why it is unhealthy: "3 failures in a row"
  std::string described;    // both: "exited with 7 (3 failures in a row, 4 attempts)"
  std::string output_tail;  // of one that is unhealthy: its last lines, cut

  bool asks_for_rollback() const { return !healthy && on_failure == OnFailure::kRollback; }
  bool only_warns() const { return !healthy && on_failure == OnFailure::kWarn; }
};

// What failed first, for the report.
struct Failure {
  std::string step;         // "generate", "lint", "deploy", "health check", "job", "internal"
  std::string described;    // "exited with 7"
  std::string output_tail;  // the last lines of its output
};

// When it happened: seconds since the epoch, 0 = not known, or it did not happen.
struct Moments {
  int64_t run_began = 0;
  int64_t deploy_began = 0;  // from then on the new version may have answered
  int64_t failed = 0;
  int64_t healthy_again = 0;
};

// What is on record against the very files that are about to be deployed, or gone back to: the end
// of the run in which they failed, with the evidence's label. `reason` is "" when the history no
// longer tells it, and then only `run` and `time`, when that was judged, are known.
struct FailedBefore : HistoryLine {
  bool proved = false;  // known bad; else a run failed with them, which proves nothing
  bool marked = false;  // a human says so
};

// What the services run, as far as is known. kSame: nothing was put live. kRestored: by hand, so it may well be newer.
// kRestoredFiles: the files are back, and nothing has put them live.
enum class Live { kSame, kOld, kNew, kFailed, kMix, kRestored, kRestoredFiles, kUnknown };
std::string_view name_of(Live live);   // "restored_files"
std::string_view words_of(Live live);  // "the restored files"

// One thing to do next. Both in one: the command does it.
struct NextStep {
  std::string what;     // "check again"
  std::string command;  // to be copied as it stands; mostly one of ours
  bool operator==(const NextStep&) const = default;
};

// How a run ended: one value that the console, JSON and the faces of the CI systems print.
struct Outcome {
  enum class Result {
    kAccepted,       // the new version is live
    kNothingToDo,    // nothing was open
    kFilesRestored,  // failed before the deploy began
    kRolledBack,     // files and services
    kChangedAgain,   // the same, and then a command changed the files that had come back
    kRollbackOwed,   // files are back; the rollback command has not run (yet)
    kRollbackFailed,
    kNotRolledBack,
    kNothingToRollBackTo,
    kBegun,
    kKept,        // recover --keep
    kBackedUp,    // `backup` alone
    kHealthy,     // `check` alone
    kUnhealthy,   // likewise
    kNotStarted,  // refused before anything was changed
  };

  Result result = Result::kNothingToDo;
  int exit_status = 0;
  std::string run;
  std::string commit;  // that it deploys; and who, and the run's page; "" where nobody knows
  std::string actor;
  std::string url;
  Live live_is = Live::kSame;
  std::string live;  // the same for people, a sentence without full stop: set_live
  std::optional<Failure> failure;
  std::optional<Failure> diagnosis;      // what `diagnose` printed before the restore
  std::optional<Failure> after_restore;  // the rollback command, or the check after it
  Moments when;
  std::optional<HistoryLine> origin;  // the run that brought what is live
  std::string owed;                   // the rollback command that has not run
  std::string backup;                 // label of this run's backup
  std::string restored_from;          // label of the target
  std::string target_reason;          // why this target
  std::string evidence;               // label of what was replaced
  LintReport lint;                    // of the scripts that changed
  std::vector<std::string> changed;   // services and files that this run changed
  std::vector<std::string> restored;  // files put back or removed
  std::vector<std::string> kept;      // files left because they are newer
  bool files_only = false;            // redeploying is left to somebody, with the tools for it
  bool unchanged = false;             // the generator changed nothing
  bool was_unhealthy_before = false;  // the baseline check failed
  bool still_live = false;            // what is live was so before
  bool deploys_nothing = false;       // no command of a `run` deploys
  std::optional<FailedBefore> failed_before;
  std::string live_digest;               // after a rollback; "" when it is not known
  Verdict verdict = Verdict::kUntested;  // given by this run
  std::string diff;                      // what the new version changed, for the reports
  int attempts = 0;                      // of the health check after the deploy
  std::string proof;                     // what it rests on that this is healthy: HealthProof
  std::vector<NextStep> next;            // in this order: advise

  // Of single services:
  std::vector<ServiceHealth> service_checks;  // how their checks ended after the deploy
  std::vector<std::string> bad_services;      // whose own script is known bad now
  std::vector<std::string> rolled_back_only;  // these alone; empty: all that was changed

  // It begins with one of a few fixed phrases; `details` with what separates them: ", healthy".
  void set_live(Live what, const std::string& details);

  // Nothing for "", or what is advised already.
  void advise(const std::string& what, const std::string& command = {});

  // `signal`: the stop signal that ended it, if one did.
  void end_with(Result how, ExitCode code, std::optional<int> signal = std::nullopt) {
    result = how;
    exit_status = signal ? exit_status_of_signal(*signal) : static_cast<int>(code);
  }
};

// "the whole" for "".
std::string name_of_check(const std::string& service);

// The names of those for which a test of ServiceHealth holds, in the same order.
std::vector<std::string> names_of(const std::vector<ServiceHealth>& services, bool (ServiceHealth::*holds)() const);

// "a, b, c"; of many the first and "and 12 more".
std::string listed(const std::vector<std::string>& names, size_t most = 10);

std::string_view name_of(Outcome::Result result);  // "rolled_back"

// The end of a call that found nothing to do: why, as a sentence.
Outcome nothing_to_do(std::string live);

// The command that shows what a failed version changed: against the set that came back, where one did.
std::string look_at_failed(const StorePlace& store, const std::string& restored_from, const std::string& evidence);

// Services and files whose new version is not live because the run failed.
std::vector<std::string> failed_services(const Outcome& outcome);

}  // namespace backstep
