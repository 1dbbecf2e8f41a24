// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "store/store.h"
#include "system/progress.h"

namespace backstep {

// Renames each to a dot name first, then removes it: a reader sees a whole set or none.
void prune_sets(const Store& store, const std::vector<SetRef>& sets, Progress* progress = nullptr);

// How many bytes a file system gives back for them: files that other sets share are not counted.
// Throws Error when they cannot be looked at, which need not stop anybody from removing them.
uint64_t bytes_freed_by(const Store& store, const std::vector<SetRef>& sets);

}  // namespace backstep
