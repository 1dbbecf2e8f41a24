// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "report/platform/platform.h"

namespace backstep {

// GitHub's runner obeys whatever a step prints: `::command::` at the start of a line, where a lone
// CR starts one too, and the older `##[command]` anywhere in it. So what commands print stands
// between `::stop-commands::TOKEN` and `::TOKEN::`, with a token that nobody can guess, and our own
// lines hold neither. Commands that may steer the runner are shown without a bar before their
// lines, which the runner would not obey.
//
// Of annotations GitHub shows ten of a kind a step and 4,096 characters of each, so the last of
// many says how many more there are.
std::unique_ptr<Platform> github_platform(const Environment& environment, bool allow_commands);

// The files of GitHub's runner, where their variables are set: the values to GITHUB_OUTPUT, the
// summary to GITHUB_STEP_SUMMARY (not for a run that did nothing yet). Trouble with them is a
// warning.
void write_github_files(const Environment& environment, const Outcome& outcome, Recorder& recorder);

}  // namespace backstep
