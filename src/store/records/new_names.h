// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "store/sets/manifest.h"
#include "store/store.h"

namespace backstep {

// What a set, a run or a line of the records is called when it is made. All but new_uid() look
// through the store, so they are for who holds the lock.

// Nobody can guess it, so it also marks what others must not be able to end: see GithubPlatform.
std::string new_uid();

// One above the highest of all manifests and all lines of the records, torn and broken ones too.
int64_t next_sequence(const Store& store);

// max(now, newest + 1 s), so that nothing waits for a clock and one that was set back changes
// nothing, and from there the next that is free, over all shelves and foreign names. A date that is
// not believable does not count as newest. Throws Error (kBackupFailed) after the year 9999.
std::string fresh_id(const Store& store, int64_t now);

// All of it for a set that is about to be made: uid (unless it has one), sequence, ID, time.
void name_new_set(const Store& store, int64_t now, Manifest& header);

}  // namespace backstep
