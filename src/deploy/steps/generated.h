// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "deploy/run/open_run.h"
#include "deploy/steps/step_failure.h"

namespace backstep {

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

}  // namespace backstep
