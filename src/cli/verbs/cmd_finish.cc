// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <algorithm>

#include "base/error.h"
#include "cli/call.h"
#include "cli/session.h"
#include "deploy/finish.h"
#include "deploy/run/journal_tree.h"
#include "journal/journal.h"
#include "store/environments.h"

namespace backstep {
namespace {

// Whether the run that this job began is open in this store and is of this tree: several checkouts
// may share a store. Any run will do where the job does not say which. In whatever environment:
// each of their stores lies beneath this one.
bool is_open_in(const Workspace& workspace, const StorePlace& place, const std::string& begun) {
  const std::optional<Store> store = Store::open_existing(workspace, place);
  if (!store || !has_journal(*store)) return false;
  const std::optional<Journal> open = load_journal(*store);
  return begun.empty() || !open || (open->run == begun && began_in(workspace, *open));
}

// Where that cannot be told, the verb itself will say why.
bool is_open_here(const Invocation& invocation) {
  const std::string begun = invocation.environment.get("BACKSTEP_BEGUN");
  try {
    const Settings settings = load_settings(invocation.current_directory, invocation.flags.settings,
                                            invocation.environment);
    const StorePlace own = store_place(settings.workspace, settings.loaded.config);
    std::vector<StorePlace> places = environments_in(settings.workspace, own);
    places.push_back(own);
    return std::ranges::any_of(places, [&](const StorePlace& place) {
      return is_open_in(settings.workspace, place, begun);
    });
  } catch (const Error&) {
    return true;
  }
}

// `finish` works from any directory: where no run is open here, it is called as if from where the
// `begin` said that it began.
Invocation where_it_began(const Invocation& invocation) {
  const std::string directory = invocation.environment.get("BACKSTEP_BEGUN_IN");
  // A container has paths of its own.
  if (directory.empty() || access(directory.c_str(), R_OK | X_OK) != 0) return invocation;
  if (is_open_here(invocation)) return invocation;
  Invocation there = invocation;
  there.current_directory = directory;
  const std::string file = invocation.environment.get("BACKSTEP_BEGUN_SETTINGS");
  if (!file.empty()) there.flags.settings.emplace("config", file);
  return there;
}

}  // namespace

int cmd_finish(const Invocation& invocation) {
  const Invocation there = where_it_began(invocation);
  Session session(there);
  session.choose_open_run();
  std::string status = invocation.flags.option("status");
  if (status.empty()) status = job_status_of(invocation.environment);
  return session.conclude(finish(session.context(), status));
}

}  // namespace backstep
