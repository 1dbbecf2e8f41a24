// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "backup/take.h"
#include "backup/tracked/live_set.h"
#include "deploy/run/check_results.h"
#include "deploy/run/open_run.h"

namespace backstep {

// Why a run cannot go on, and what the rollback needs to know of it.
struct StepFailure {
  Failure shown;
  ExitCode code = ExitCode::kInternal;  // how the run ends when the deploy had not begun
  std::optional<int> signal = {};       // a stop signal ended it
  int exit_code = 0;                    // of the command that failed; 0: none, or health checks
  CheckResults checks = {};             // where one of them failed; else empty
  std::string advice = {};              // missing_program_advice
};

StepFailure failure_of(Step step, const ProcessResult& result);
// At least one of these checks asks for a rollback.
StepFailure failure_of(const CheckResults& checks);
std::optional<StepFailure> stopped_by_signal(const Context& context);

// "deploy exited with 7", without the caller's secrets: for the journal and the history.
std::string summary_of(const Context& context, const StepFailure& failure);

// Runs the health checks after the deploy, if there are any, and sets journal.passed_check. Returns
// why the run cannot go on.
std::optional<StepFailure> judge_health(OpenRun& run);

// The steps of a run that lie around its commands and checks, in the order in which a story calls
// them.

struct BackupNote {
  std::string tag;
  std::string message;
};

// This run's backup: backups/<id>. Sets journal.backup and journal.digest
// and tells the listener. Every failure is exit 6: nothing was changed.
TakenSet take_backup(OpenRun& run, const BackupNote& note = {});

// Whether what was backed up could be brought back; warnings go to the listener. Exit 6 when not:
// nothing was changed.
void require_way_back(const OpenRun& run, std::span<const FileEntry> files, const HeldFiles& held);

// Runs each health check once before anything changes, at most ten seconds for all of them. A
// mistyped check must not roll a good deploy back, so one that cannot run is Error (kUsage). Those
// that fail already are warned of, and noted in the journal. Called once in a run. A stop signal is
// Interrupted.
void check_baseline(OpenRun& run, const LiveSet& before);

// What the generator has made, before the deploy gets it: whose it is, and whether it can work.

// In a container the generator is root, and the checkout another user's, who could delete neither a
// service directory that came new nor what lies in it: the next checkout would fail. So what the
// generator made anew among the tracked files, and root's directories beneath services_dir that
// hold it, is given to the owner of the workspace, and a script that it put in another one's place
// to that one's owner. Nothing happens where we are not root or the workspace is root's. True when
// an owner changed: `live` is old then. Trouble is a warning: the deploy does not depend on it.
bool give_generated_to_owner(const Site& site, const LiveSet& before, const LiveSet& live);

// Lints the entrypoints and other scripts that differ between the two sets, and no others: what lay
// there before is no reason to stop a deploy. Tells the listener and the outcome what was found. An
// error is a failure of exit code 4; with lint off, or no script changed, there is nothing to say.
//
// Called when the journal is at `generated`: a crash in here restores like one in the generator.
std::optional<StepFailure> lint_changed(OpenRun& run, const LiveSet& before, const LiveSet& now);

// Makes the set that lies there the accepted one: stored (unless a whole backup or good/ set has
// its digest), journal `accepted`, verdict, history, retention, journal gone. From the journal's
// `accepted` on nothing restores, whatever fails: the outcome is "live and healthy, but ..." with
// exit 1, and the journal stays so that the next run completes it.
void accept(OpenRun& run, const LiveSet& live);

// Goes on from a journal at `accepted` that a crash left. Live files are never touched; the set is
// stored only if the files still hash to what was accepted.
void complete_acceptance(OpenRun& run);

// Stores what lies there in good/, unless a whole set of the journal's digest is there. Throws
// Error when the files are no longer those of that digest.
void store_accepted_set(const OpenRun& run);

// Looks at every command of a run before it changes anything: whether the shell can read its text,
// and whether the program that it begins with can be executed. What only running it can tell is
// left to the run, and so is what is not there yet beneath the workspace, where an earlier command
// may bring it. Throws Error (kUsage), which says what to type; a stop signal is Interrupted.
void look_at_commands(const Context& context, const Journal& journal);

}  // namespace backstep
