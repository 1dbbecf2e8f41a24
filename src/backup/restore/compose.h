// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/sets/set_reader.h"
#include "store/sets/set_writer.h"

namespace backstep {

// Stores one set made of two, for a restore goes to one set alone: what `known` holds and
// `header.patterns` (today's scope) tracks, and beside it what `here`, this run's backup, holds: a
// file that the known version never looked for, or that came with the checkout. Links to their
// copies, so it costs next to nothing. `header` brings everything but files and digest; its id
// names the set.
//
// Published and durable when this returns; after a crash nothing is there but a dot name.
Manifest compose_set(const Store& store, const StoredSet& known, const StoredSet& here,
                     Manifest header);

}  // namespace backstep
