// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/tracked/live_set.h"
#include "deploy/run/open_run.h"

namespace backstep {

// Runs each health check once before anything changes, at most ten seconds for all of them. A
// mistyped check must not roll a good deploy back, so one that cannot run is Error (kUsage). Those
// that fail already are warned of, and noted in the journal. Called once in a run. A stop signal is
// Interrupted.
void check_baseline(OpenRun& run, const LiveSet& before);

}  // namespace backstep
