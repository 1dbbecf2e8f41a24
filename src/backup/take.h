// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "backup/tracked/live_set.h"
#include "store/sets/manifest.h"
#include "store/sets/set_reader.h"
#include "store/store.h"

namespace backstep {

struct TakenSet {
  SetRef ref;
  Manifest manifest;
  LiveSet live;
  size_t linked = 0;  // files that cost no space: their stored copy served again
};

// Stores the tracked files as they are now. Files whose content, mode and owner are unchanged and
// whose stored copy still looks as the index says become hard links to it, the others are copied.
// `header` brings everything of the manifest but files and digest; its id names the set.
//
// After a crash: either the set is there, complete and durable, or nothing is but a dot name.
// The index is brought up to date; that it could not be written is a warning in live.warnings, as
// is what was left out.
TakenSet take_set(const Tree& tree, const Store& store, Shelf shelf, Manifest header,
                  Oddities oddities = Oddities::kRefuse);
TakenSet take_set(const Tree& tree, const Store& store, Shelf shelf, Manifest header, TrackedFiles tracked,
                  Oddities oddities);  // of these, found just now

// Stores one set made of two, for a restore goes to one set alone: what `known` holds and
// `header.patterns` (today's scope) tracks, and beside it what `here`, this run's backup, holds: a
// file that the known version never looked for, or that came with the checkout. Links to their
// copies, so it costs next to nothing. `header` brings everything but files and digest; its id
// names the set.
//
// Published and durable when this returns; after a crash nothing is there but a dot name.
Manifest compose_set(const Store& store, const StoredSet& known, const StoredSet& here, Manifest header);

}  // namespace backstep
