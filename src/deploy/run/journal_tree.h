// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "deploy/run/open_run.h"
#include "journal/journal.h"

namespace backstep {

// One store may serve several trees: two checkouts of one project, or a cached store on a runner whose checkout is new.
// What a run left open is settled in its own tree alone; elsewhere its files are not what the journal speaks of.
JournalTree tree_of(const Workspace& workspace);

// Whether the run began in this very directory.
bool began_in(const Workspace& workspace, const Journal& journal);

// Whether the journal is of this tree: of this very directory or, where that was copied or its file
// system mounted elsewhere, of one that holds a file which the run had changed, as it was recorded.
bool is_of_this_tree(const Site& site, const Journal& journal);

// No run is open any more: durable on return. An end that could be written in no usual way is said.
// The room that was held for it is given back.
void close_journal(const Site& site);

// What is held for a rollback that cannot come any more, or that a dead run held, is given back.
// What could not be is said.
void release_room(const Site& site);

// Puts a journal of another tree aside, durably, so that this one can go on; which is said.
// After a crash it is in one of the two places, or in both, which does no harm.
void leave_aside(const Site& site, const Journal& journal);

// The journal of this tree that somebody put aside: it is the open one again, and no longer aside.
// Where another version went live since, its rollback command is dropped: what runs now is not what
// that run deployed. nullopt: there is none.
std::optional<Journal> take_back(const Site& site);

// Whether journals of other trees lie aside. Their runs may still ask the records for old lines.
bool has_left_aside(const Store& store);

// Journals that were put aside, of runs that began before `oldest`, go.
void forget_left_aside(const Store& store, int64_t oldest);

}  // namespace backstep
