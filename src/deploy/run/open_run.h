// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backup/tracked/live_set.h"
#include "base/environment.h"
#include "base/secrets.h"
#include "config/pipeline.h"
#include "config/settings.h"
#include "config/workspace.h"
#include "deploy/run/events.h"
#include "deploy/run/outcome.h"
#include "journal/journal.h"
#include "store/project.h"
#include "store/store.h"
#include "system/clock.h"
#include "system/files/lock.h"
#include "system/files/staged_file.h"
#include "system/process/process.h"
#include "system/signals.h"

namespace backstep {

// What every verb that changes something is given: where, with which settings, for whom, and the
// seams. Made once in src/cli/.
struct Context {
  const Workspace& workspace;
  const Config& config;
  const Environment& environment;
  Patterns patterns;
  StorePlace place;
  Pipeline pipeline;
  std::string owner;
  Clock& clock;
  ProcessRunner& runner;
  SignalWatch& signals;
  Listener& listener;
  // False in the container of a guard, where the deploy's tools are missing: files are restored,
  // the rollback command stays owed, and a check that cannot work there decides nothing.
  bool may_redeploy = true;
  // Those of variables, settings and commands. No record and no report may hold one of them.
  Secrets secrets = {};
  std::string commit = {};  // for the records: the pipeline's, else what is checked out
  Project project = {};     // whose backups these are, as far as the caller knows
  bool checksum = false;    // every file is read, whatever its size and times say

  // The tracked files by the patterns given: today's, or a journal's.
  Tree tree(const Patterns& tracked) const { return {workspace, tracked, place, listener.progress(), checksum}; }
  // What lies there now, by these patterns. What is left out is told.
  LiveSet look(const Patterns& tracked, const Index& index, Oddities oddities = Oddities::kReport) const {
    LiveSet live = read_live_set(tree(tracked), &index, oddities);
    tell(live);
    return live;
  }
  std::string control_path() const;  // of the store's `.backstep`, absolute, for commands
  // What was left out of it, and which names in it are secrets, too.
  void tell(const LiveSet& live) const {
    std::vector<std::string> warnings = live.warnings;
    for (const FileEntry& file : live.files) secrets.keep_name(file.path, warnings);
    for (const std::string& text : warnings) listener.warning(text);
  }
};

// Context, store and the lock: what a step needs once it is our turn.
struct Site {
  const Context& context;
  const Store& store;
  StoreLock& lock;
};

// The file of names that commands find by BACKSTEP_CHANGED_FILE. It lies in the store under a
// temporary name: it goes with the run, and after a crash with the next call's remove_leftovers().
struct ChangedList {
  std::vector<std::string> names;
  StagedFile file;
};

// A run while it is open, under the lock: where it works, how far it came, and how it will end. One object from its
// first step to its last; every step takes it. The journal here is the one on disk only after save().
struct OpenRun {
  OpenRun(const Site& where, Journal of)
      : site(where),
        context(where.context),
        store(where.store),
        listener(where.context.listener),
        journal(std::move(of)),
        distrust(
            why_not_run("the journal of run " + journal.run, journal.author, context.workspace, context.environment)) {
    for (const Setting& each : settings_in_file()) {
      context.secrets.add_words_of(each.show(journal.settings), each.name);
    }
  }

  const Site& site;
  const Context& context;
  const Store& store;
  Listener& listener;
  Journal journal;
  std::string distrust;  // why none of the journal's commands is run; "": they may
  Outcome outcome;
  std::optional<ChangedList> changed_list;

  Tree tree() const { return context.tree(journal.patterns); }
  int64_t now() const { return context.clock.wall_seconds(); }
  LiveSet look(const Index& index, Oddities oddities = Oddities::kReport) const {
    return context.look(journal.patterns, index, oddities);
  }
  // What lies there is what is tried now, and what whoever settles the journal compares with.
  void record(const LiveSet& live) {
    journal.digest = live.digest;
    journal.recorded = record_of(live.files);
  }

  std::string command(std::string_view words) const { return context.place.command(words); }
  void save() const { save_journal(store, journal); }  // durable on return

  // The outcome, with all that the journal knows of the run. Nothing is left to do after it.
  Outcome end();
};

}  // namespace backstep
