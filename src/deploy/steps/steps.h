// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "backup/take.h"
#include "backup/tracked/live_set.h"
#include "base/environment.h"
#include "config/config.h"
#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"
#include "journal/journal.h"
#include "system/process/process.h"

namespace backstep {

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

struct ProgramLook {
  std::string why = {};   // it cannot be executed; "": nothing is known against it
  bool may_come = false;  // it is beneath the workspace and not there yet
};
// At the program that a command begins with, as far as that is known without running it.
ProgramLook look_for_program(const Context& context, const Command& command, Shell shell);

// As the check of that service has it: with the name in the place of $BACKSTEP_SERVICE.
Command command_for(Command check, const std::string& service);

// What to do about a program that a command needs and that is not here; "" when that is not how the
// command ended. A small image cannot hold everybody's programs, so in a container this is the
// first thing that a new user of it meets. One sentence, for one line.
std::string missing_program_advice(const ProcessResult& result, const Command& command,
                                   const Environment& environment);

// The same of a program that is known to be missing; "": nobody knows which one it is.
std::string advice_without(const std::string& program, const Environment& environment);

// The program that a shell or env named as missing in its output; "" when none did.
std::string missing_program_named_in(std::string_view output);

}  // namespace backstep
