// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "deploy/run/context.h"
#include "deploy/run/outcome.h"
#include "deploy/run/run_lock.h"
#include "journal/journal.h"

namespace backstep {

// Who ends what is open is let in whoever he is.
enum class Stranger { kRefused, kLetIn };

// The store of this workspace, made when it is not there. Errors are exit 6, and so is the store of
// another project.
Store open_store(const Context& context, Stranger stranger = Stranger::kRefused);

// What `run`, `begin`, `backup` and `rollback` begin with: the lock, and what an earlier run left
// open settled. Holds the lock as long as it lives.
class Arrival {
 public:
  Arrival(const Context& context, const Store& store, RunVerb verb);
  Arrival(const Arrival&) = delete;
  Arrival& operator=(const Arrival&) = delete;

  const Site& site() const { return site_; }

  // The journal of the run that begins: uid, owner, commands and settings as resolved now.
  Journal new_journal() const;

 private:
  void settle_open(Journal open);
  void take_over(const Journal& open);

  RunVerb verb_;
  Turn turn_;
  Site site_;
  std::string run_;
  RecordedSet stands_in_;
  bool inherits_debt_ = false;
};

// The journal of such a run, by the settings alone.
Journal journal_by_settings(const Context& context, RunVerb verb, const std::string& run);

// An Error that a story could not deal with itself: exit 22 with the journal kept when one is open,
// or when it has gone with the whole store (`armed`: what it said); else the error as it is.
Outcome outcome_of_error(const Site& site, const Error& error, const Journal* armed = nullptr);

}  // namespace backstep
