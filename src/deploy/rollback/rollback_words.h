// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "backup/restore/restore.h"
#include "deploy/run/open_run.h"
#include "deploy/steps/check_results.h"

namespace backstep {

// What a rollback says of what is live behind it.

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
