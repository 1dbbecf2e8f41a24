// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "deploy/run/open_run.h"
#include "journal/journal.h"

namespace backstep {

// What the caller is about to do decides for whom it waits.
enum class Intent {
  kChange,  // run, begin, backup, rollback: a begun run within its guard_timeout comes first
  kFinish,  // finish, recover: the begun run is what they are here for
  kTend,    // prune, mark: beside an open run, never during a living one
};

struct RunLock {
  StoreLock lock;
  std::optional<Journal> open;  // the journal of a run that is not going on any more
};

// Waits for the lock, and for a begun run of another owner, up to `lock_wait`. Throws Error
// (kLockHeld) that names who holds it: at once when called from within that run's own commands, and
// when this owner's own begun run waits for its `finish`. Throws Interrupted on a stop signal.
RunLock take_run_lock(const Context& context, const Store& store, Intent intent);

// "run ID: ...": what the lock's text says while we hold it, so that a command of this run which
// calls us again is recognised by its BACKSTEP_RUN_ID.
void announce(const Site& site, std::string_view verb, const std::string& run);

}  // namespace backstep
