// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/session.h"
#include "store/catalog.h"

namespace backstep {

// The set that a user names (an ID, latest, failed/ID); Error (kUsage) when there is none.
SetRef named_set(const Catalog& catalog, const std::string& name);

// The store, for verbs that cannot do without one; Error (kUsage) says that there is none yet.
Store existing_store(const Session& session);

}  // namespace backstep
