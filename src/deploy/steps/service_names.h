// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "config/patterns.h"
#include "config/workspace.h"
#include "deploy/run/events.h"
#include "journal/journal.h"
#include "store/project.h"

namespace backstep {

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
