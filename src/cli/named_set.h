// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/session.h"
#include "store/catalog.h"

namespace backstep {

// The store, for verbs that cannot do without one; Error (kUsage) says that there is none yet.
Store existing_store(const Session& session);

// As named_set() of the catalog, and "last-good": the newest set that is known good.
SetRef chosen_set(const Store& store, const Catalog& catalog, const std::string& name);

}  // namespace backstep
