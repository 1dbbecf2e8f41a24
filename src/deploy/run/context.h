// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "backup/tracked/live_set.h"
#include "base/environment.h"
#include "base/secrets.h"
#include "config/pipeline.h"
#include "config/workspace.h"
#include "deploy/run/events.h"
#include "store/project.h"
#include "store/store.h"
#include "system/clock.h"
#include "system/files/lock.h"
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
  // The secrets in the caller's environment. No record and no report may hold one of them.
  Secrets secrets = {};
  Project project = {};  // whose backups these are, as far as the caller knows

  // The tracked files by the patterns given: today's, or a journal's.
  Tree tree(const Patterns& tracked) const {
    return {workspace, tracked, place, listener.progress(), config.checksum};
  }
  // What lies there now, by these patterns. What is left out is told.
  LiveSet look(const Patterns& tracked, const Index& index,
               Oddities oddities = Oddities::kReport) const {
    LiveSet live = read_live_set(tree(tracked), &index, oddities);
    for (const std::string& text : live.warnings) listener.warning(text);
    return live;
  }
};

// Context, store and the lock: what a step needs once it is our turn.
struct Site {
  const Context& context;
  const Store& store;
  StoreLock& lock;

  Tree tree(const Patterns& patterns) const { return context.tree(patterns); }
};

}  // namespace backstep
