// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json.h"
#include "store/archive/archive.h"
#include "store/retention/retention.h"

namespace backstep {

// What `prune` prints, as text and as JSON; a dry run never claims to have removed anything.
std::string prune_text(const Pruning& pruning, bool dry_run);
Json prune_json(const Pruning& pruning, bool dry_run);

// What `export` and `import` print, as text and as JSON.
std::string export_text(const Exported& exported, const std::string& file);
Json export_json(const Exported& exported, const std::string& file);

std::string import_text(const Imported& imported, bool dry_run);
Json import_json(const Imported& imported, const std::string& file, bool dry_run);

}  // namespace backstep
