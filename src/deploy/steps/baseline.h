// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/tracked/live_set.h"
#include "deploy/run/context.h"
#include "journal/journal.h"

namespace backstep {

// A mistyped check must not roll a good deploy back, so each proves before anything changes that it
// can run: Error (kUsage) for one that cannot. Once a story, not per attempt: at most ten seconds
// for all of them. Those that fail already are named, and noted in the journal. A stop signal is
// Interrupted.
void check_baseline(const Site& site, Journal& journal, const LiveSet& before);

}  // namespace backstep
