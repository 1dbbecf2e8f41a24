// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.h"
#include "deploy/run/open_run.h"
#include "deploy/run/run_lock.h"

namespace backstep {

// Whether the caller may use the store of another project. A caller who ends an open run always
// may.
enum class Stranger { kRefused, kLetIn };

// The store of this workspace, made when it is not there. Errors are exit 6, and so is the store of
// another project.
Store open_store(const Context& context, Stranger stranger = Stranger::kRefused);

// What `run`, `begin`, `backup` and `rollback` begin with: the lock, what the remote holds, and
// what an earlier run left open settled. Holds the lock as long as it lives.
class Opening {
 public:
  Opening(const Context& context, const Store& store, RunVerb verb);
  Opening(const Opening&) = delete;
  Opening& operator=(const Opening&) = delete;

  const Site& site() const { return site_; }

  // The journal of the run that begins: uid, owner, commands and settings as resolved now.
  Journal new_journal() const;

 private:
  void settle_open(OpenRun open);
  void take_over(const OpenRun& open);

  RunVerb verb_;
  RunLock held_;
  Site site_;
  std::string run_;
  RecordedSet stands_in_;
  bool inherits_debt_ = false;
};

// The journal of such a run, by the settings alone.
Journal journal_by_settings(const Context& context, RunVerb verb, const std::string& run);

// An Error that a story could not deal with itself: exit 22 with the journal kept when one is open,
// or when it has gone with the whole store (`armed`: what it said); else the error as it is.
Outcome outcome_of_error(OpenRun& run, const Error& error, bool armed = true);

}  // namespace backstep
