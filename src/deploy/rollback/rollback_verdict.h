// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "backup/restore/restore.h"
#include "deploy/run/check_results.h"
#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"
#include "store/sets/set_reader.h"

namespace backstep {

// What is live behind a rollback: what is proved of it, and how it is said.

// How things stand after the files are back and the rollback command has run.
struct AfterRestore {
  const StoredSet& target;
  // What the restore left. Not the target: what it kept, and a partial rollback, differ from that
  // on purpose.
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
// script, which differs from the target's, and has passed again on that one.
std::vector<std::string> proved_bad(const Journal& journal, const CheckResults& after,
                                    const std::vector<FileEntry>& target);

std::string files_words(const Journal& journal);  // "files: old"
// "the old version". What a human goes back to may well be newer than what lay there.
// `digest`: of what lies there.
std::string version_now(const Journal& journal, const std::string& digest);
// By hand, and no command has put the files live: what runs is what ran before.
bool only_files_are_back(const Journal& journal);
// "services: not redeployed".
std::string not_redeployed_words(bool files_only);
// ", healthy again", to stand behind it.
std::string health_now(const Journal& journal, const CheckResults& checks);

// The rollback command that has not run; "" where nothing is owed.
std::string what_is_owed(const Journal& journal);

// What a container may still have of a file that was replaced, mounted there as a single file: as a
// mount table, Compose's file or the way of writing tells. "": none of them does.
std::string mount_words(const Workspace& workspace, const std::vector<ReplacedFile>& replaced);

// What to type next after a failure: first a look at what failed; after a rollback by hand the way
// back to the version from which it came.
void name_evidence(OpenRun& run);
void name_way_back(OpenRun& run);

}  // namespace backstep
