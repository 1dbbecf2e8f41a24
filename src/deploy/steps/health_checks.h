// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "config/patterns.h"
#include "config/workspace.h"
#include "deploy/run/check_results.h"
#include "deploy/run/open_run.h"
#include "journal/journal.h"

namespace backstep {

// How much is asked of a check.
enum class Thoroughness {
  kFull,
  kOnePass,   // one pass is enough: no process was replaced
  kBaseline,  // one attempt, at most ten seconds for all checks, and nothing is told
};

// Which health checks are to be run, and how.
struct CheckRequest {
  const Config& settings;
  std::vector<std::string> services;  // those whose checks are wanted, sorted by name
  Thoroughness thoroughness = Thoroughness::kFull;
  ProcessSpec spec;  // of each attempt, but for its command, service, phase and output
};

// Runs the checks together and tells of them through the listener. If the check of the whole is the
// only one, its output is shown while it runs.
CheckResults check_health(const Context& context, const CheckRequest& request);

// The checks of `backstep check`: the same as after a deploy, but without a run, so that no store,
// lock or journal is needed. The BACKSTEP_ variables of a run around it stay as they are.
CheckResults check_health_standalone(const Context& context);

// A sentence for each entry of `services` in the settings that names none of these services. It
// says which service may have been meant.
std::vector<std::string> entries_without_service(const ServiceChecks& checks,
                                                 const std::vector<std::string>& services);

// The names of the services in the workspace, sorted. No file is read for it. Who listens (null:
// nobody) is told what could not be looked at.
std::vector<std::string> services_here(const Workspace& workspace, const Patterns& patterns,
                                       const StorePlace& place, Listener* listener = nullptr);
// The names of the services that were present when these files were recorded, sorted.
std::vector<std::string> services_there(const std::vector<RecordedFile>& recorded,
                                        const Patterns& patterns);

}  // namespace backstep
