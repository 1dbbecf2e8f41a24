// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "deploy/run/context.h"
#include "deploy/run/outcome.h"
#include "journal/journal.h"
#include "system/files/staged_file.h"

namespace backstep {

// The file of names that commands find by BACKSTEP_CHANGED_FILE. It lies in the store under a
// temporary name: it goes with the run, and after a crash with the next call's remove_leftovers().
struct ChangedList {
  std::vector<std::string> names;
  StagedFile file;
};

// A run while it is open, under the lock: where it works, how far it came, and how it will end. One
// object from its first step to its last; every step takes it. The journal here is the one on disk
// only after save().
struct OpenRun {
  OpenRun(const Site& where, Journal of)
      : site(where),
        context(where.context),
        store(where.store),
        listener(where.context.listener),
        journal(std::move(of)) {}

  const Site& site;
  const Context& context;
  const Store& store;
  Listener& listener;
  Journal journal;
  Outcome outcome;
  std::optional<ChangedList> changed_list;

  Tree tree() const { return site.tree(journal.patterns); }
  int64_t now() const { return context.clock.wall_seconds(); }
  LiveSet look(const Index& index, Oddities oddities = Oddities::kReport) const {
    return context.look(journal.patterns, index, oddities);
  }
  // What lies there is what is tried now, and what whoever settles the journal compares with.
  void record(const LiveSet& live) {
    journal.digest = live.digest;
    journal.recorded = record_of(live.files);
  }

  void save() const { save_journal(store, journal); }  // durable on return

  // The outcome, with all that the journal knows of the run. Nothing is left to do after it.
  Outcome end();
};

}  // namespace backstep
