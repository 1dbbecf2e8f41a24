// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "deploy/rollback/settle.h"
#include "deploy/rollback/targets.h"
#include "deploy/run/open_run.h"
#include "deploy/run/outcome.h"

namespace backstep {

// The main job, as a whole or around steps that run elsewhere.
//
//   lock → fetch → settle what an earlier run left open → backup → baseline check → armed →
//   generate
//        → lint → deploy → health check
//      healthy           → accepted
//      deploy had begun  → step back: restore, rollback command, health check again
//      it had not        → this run's backup comes back, files only
//
// Fetching is from the remote, where one is set; the end of each run is stored there. `begin` goes as far as armed and
// returns; `finish` goes on from there. Both return an Outcome for every end that a deploy can have, and throw Error
// for what never began (exit 2, 6, 11) or Interrupted.
Outcome run(const Context& context);
Outcome begin(const Context& context);

enum class JobStatus { kSuccess, kFailure, kCancelled, kUnknown };

// success; failure, failed, timedout; cancelled, canceled; anything else is unknown.
JobStatus job_status_of(const std::string& text);

// Ends what `begin` began. success: the check decides, without one it is accepted; anything else: roll back without
// asking first (missing or unknown: as failure, and said). A crashed `run` of the same owner is settled whatever the
// status. Another owner's open run is named and left: exit 0. Nothing open: exit 0, unless a begin was noted whose
// journal is gone: 22. Calling it twice is calling it once.
Outcome finish(const Context& context, const std::string& status);

enum class Recovery {
  kAsOwner,  // as the run's own owner would settle it
  kRestore,  // over newer files too; what they were is kept as evidence
  kKeep,     // leave every file, end the journal
};

// Settles an open journal by hand, whatever its guard_timeout, but never one of a living process.
// Exit 0 when it is settled, 20 to 22 where a rollback command was owed and ran.
Outcome recover(const Context& context, Recovery recovery);

struct RollbackOptions {
  std::string to;                     // "", an ID, "latest", "last-good", "failed/ID"
  std::vector<std::string> services;  // empty: all
  bool recreate = false;              // make service directories that do not exist
  bool exact = false;                 // remove files that were added since
                                      // both go without saying where `to` is a failed/ID
  bool files_only = false;            // neither the rollback command nor the check
  std::string if_live = {};           // "run:R", "owner:O", "digest:D": only where that is live
};

// What `rollback` would do, and why there.
struct RollbackPreview {
  Target target = {};
  RestoreScope scope = {};  // as it is meant for this target
  RestorePlan plan = {};
  std::string_view why_kept = {};  // a file that the target lacks
  std::string idle = {};           // why nothing would be done; mostly empty
  std::optional<Seen> seen = {};   // into which the plan points
};

// A person's rollback: restores by the same journal and the same settling as an automatic one, from `restoring` on,
// then runs the rollback command and the check if they are set. Where something else than `if_live` is known to be
// live, nothing is done, and that is 0; 10 where nobody knows. Exit 0, 21 or 22; 3 when the target is damaged (others
// are named, none is picked silently), 10 without any backup.
Outcome roll_back(const Context& context, const RollbackOptions& options);

// Takes no lock, changes nothing.
RollbackPreview preview_rollback(const Context& context, const Store& store, const RollbackOptions& options);

// A configuration that knows a check or a rollback command outranks what the run began with: the
// last step of a job may know more than its first, and a mistyped command can be corrected.
// Not where the settings are not to be trusted; where only the journal is not, they take its place.
void adopt_commands(OpenRun& run);

// Settles, then runs what is owed: the common end of `finish` and `recover` after a crash. Sets the run's outcome.
void settle_and_finish(OpenRun& run, const SettleRules& rules);

}  // namespace backstep
