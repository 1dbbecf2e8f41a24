// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "deploy/rollback/settle.h"
#include "deploy/steps/steps.h"

namespace backstep {

// How a failed run goes back by itself; sets the run's outcome, and tries nothing twice. Where the deploy had not
// begun, the files of this run's backup come back, and nothing runs. Where it had, the target is chosen, its files come
// back, the rollback command puts them live, the health check is asked again (finish_rollback). On a stop signal the
// files come back and the command stays owed.
void roll_back(OpenRun& run, StepFailure failure);

// The deploy says by its exit code that it is past its point of no return: from here on nothing
// restores behind its back. On return that is durable, or the journal is gone, so that there is
// nothing to settle; where the disk takes neither, the listener is told. A kill before the record
// is settled like that of any deploy that was under way: nobody knows then how it ended.
void forbid_restoring(OpenRun& run, const StepFailure& failure);

// What follows once the files are back, in an automatic rollback, in one by hand, and after a crash: the journal is at
// `restored`. Runs the rollback command if it is owed, asks the health check again, compares what lies there with what
// was restored, gives the verdict, ends the journal. A command that fails leaves the journal as it is: exit 22.
// `settled` is what the restore did, where it did it just now.
void finish_rollback(OpenRun& run, const StepFailure& failure, Settled settled);

// Instead of that, after a stop signal: the rollback command is left to `recover`.
void leave_command_owed(OpenRun& run, int signal);

// The rollback itself failed: the journal is kept, and `recover` is named.
void report_failed_rollback(OpenRun& run, Live live, const std::string& why);

// The same where single files could not be put back; false: all of them could.
bool report_failed_files(OpenRun& run, const Settled& settled);

// What is live behind a rollback: what is proved of it, and how it is said.

// How things stand after the files are back and the rollback command has run.
struct AfterRestore {
  std::string target_digest;
  // What the restore left. Not the target: what it kept, and a partial rollback, differ from that on purpose.
  std::vector<FileEntry> left;
  std::string digest = {};  // of that
  CheckResults checks = {};
  bool redeployed = false;  // the rollback command ran
  std::vector<ReplacedFile> replaced = {};
};

// Writes what a finished rollback proved: of the version that failed, of single services, and of
// the version that came back. A record that cannot be written is said in the outcome.
void give_verdict(OpenRun& run, const StepFailure& failure, const AfterRestore& after);

// The services whose own script is known bad by it, on the same proof: the check failed on this
// script, and has passed again on another one, which the restore left.
std::vector<std::string> proved_bad(const Journal& journal, const AfterRestore& after);

std::string files_words(const Journal& journal);  // "the old files are back"
std::string nothing_left_words(const Journal& journal);
// The old version. What a human goes back to may well be newer than what lay there. `digest`: of
// what lies there; `health`: health_now.
void say_live(OpenRun& run, const std::string& digest, const std::string& health);
// Nobody knows what runs: the files are back, and the rollback command is owed.
void say_owed(OpenRun& run);
// By hand, and no command has put the files live: what runs is what ran before.
bool only_files_are_back(const Journal& journal);
std::string not_redeployed_words(bool files_only);
// ", healthy again", to stand behind it.
std::string health_now(const Journal& journal, const CheckResults& checks);

// The rollback command that has not run; "" where nothing is owed.
std::string what_is_owed(const Journal& journal);

// What a container may still have of a file that was replaced, mounted there as a single file: as a
// mount table, Compose's file or the way of writing tells, as a next step. "": none of them does.
std::string mount_words(const Workspace& workspace, const std::vector<ReplacedFile>& replaced);

// What to type next after a failure: first a look at what failed; after a rollback by hand the way
// back to the version from which it came.
void name_evidence(OpenRun& run);

}  // namespace backstep
