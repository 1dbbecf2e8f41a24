// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/session.h"
#include "store/sets/catalog.h"

namespace backstep {

// The store, for verbs that cannot do without one; Error (kUsage) says that there is none yet. Of
// several environments it is the only one that has the sets of these names.
Store existing_store(Session& session, const std::vector<std::string>& names);

// Error (kUsage) names the environment that has a set of this ID where only another one has.
void refuse_set_of_another(const Session& session, const std::string& name);

// As named_set() of the catalog, and "last-good": the newest set that is known good.
SetRef chosen_set(const Store& store, const Catalog& catalog, const std::string& name);

}  // namespace backstep
