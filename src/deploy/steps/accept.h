// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deploy/run/open_run.h"

namespace backstep {

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

}  // namespace backstep
