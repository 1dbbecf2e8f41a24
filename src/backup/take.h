// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/restore/preflight.h"
#include "store/sets/manifest.h"
#include "store/store.h"

namespace backstep {

struct TakenSet {
  SetRef ref;
  Manifest manifest;
  LiveSet live;
  size_t linked = 0;           // files that cost no space: their stored copy served again
  std::vector<HeldFile> held;  // seen on the way
};

// Stores the tracked files as they are now. Files whose content, mode and owner are unchanged and
// whose stored copy still looks as the index says become hard links to it, the others are copied.
// `header` brings everything of the manifest but files and digest; its id names the set.
//
// After a crash: either the set is there, complete and durable, or nothing is but a dot name.
// The index is brought up to date; that it could not be written is a warning in live.warnings.
TakenSet take_set(const Tree& tree, const Store& store, Shelf shelf, Manifest header);

}  // namespace backstep
