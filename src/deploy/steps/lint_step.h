// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "backup/tracked/live_set.h"
#include "deploy/run/context.h"
#include "deploy/run/outcome.h"
#include "deploy/steps/step_failure.h"

namespace backstep {

// Lints the entrypoints and other scripts that differ between the two sets, and no others: what lay
// there before is no reason to stop a deploy. Tells the listener and the outcome what was found. An
// error is a failure of exit code 4; with lint off, or no script changed, there is nothing to say.
//
// Called when the journal is at `generated`: a crash in here restores like one in the generator.
std::optional<StepFailure> lint_changed(OpenRun& run, const LiveSet& before, const LiveSet& now);

}  // namespace backstep
