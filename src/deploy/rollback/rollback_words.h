// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "deploy/steps/check_results.h"
#include "journal/journal.h"

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

}  // namespace backstep
