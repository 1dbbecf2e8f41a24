// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.h"
#include "store/retention/prune.h"

namespace backstep {

// What `prune` prints, as text and as JSON; a dry run never claims to have removed anything.
std::string prune_text(const Pruning& pruning, bool dry_run);
Json prune_json(const Pruning& pruning, bool dry_run);

}  // namespace backstep
