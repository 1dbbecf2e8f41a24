// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "backup/restore/restore_plan.h"
#include "deploy/run/open_run.h"
#include "journal/journal.h"
#include "store/records/verdicts.h"
#include "store/sets/set_reader.h"

namespace backstep {

// To which set a rollback goes back, and the reason that is said.
struct Target {
  SetRef ref;
  std::string reason;
  std::string caution = {};  // what is on record against it, a sentence; mostly empty
  std::string idle = {};     // why going there by hand would change nothing; mostly empty
};

// What sets of other settings are to this run, by comparing what both looked for; see backup/restore/restore_plan.h.
struct Comparisons {
  // This run's backup, of which exactly nobody knows anything, is a known good version there.
  bool backup_is_good = false;
  // Known good digests that share no file with what this run tracks: no way back leads there.
  std::set<std::string> foreign;
};

// Of a failed run, in the order in which they are tried. Pure: decided by the catalog, the verdicts
// and what was compared.
//
//   auto      this run's backup if it is known good, else the newest known good, else the backup;
//             without a health check: previous, unless that is known bad
//   previous  this run's backup, else the newest known good
//   last-good the newest known good, else this run's backup
//
// The backup of a crashed run that was settled before this one takes the place of "this run's
// backup", unless a known good is newer: what the settling kept is newer work, not what was live.
// This run's own is then the last one to be tried.
std::vector<Target> candidate_targets(const Journal& journal, const Catalog& catalog, const Verdicts& verdicts,
                                      const Comparisons& comparisons = {});

// The first candidate that is whole where it is needed, written into the journal with its reason; damaged ones are
// named through the listener. One that says nothing of files which are tracked today becomes a set composed of it and
// this run's backup, which is stored. nullopt: none is whole. `newer`: what somebody put live meanwhile, by its digest,
// and why; it is tried first, unless it is known bad.
using NewerVersion = std::optional<std::pair<std::string, std::string>>;
std::optional<StoredSet> choose_target(OpenRun& run, const LiveSet& live, const NewerVersion& newer = std::nullopt);

// Where a run that began now would go back to, as far as can be told before it does: what lies here
// would be its backup, which the ref kWouldBe stands for. Takes no lock and stores nothing.
inline constexpr const char* kWouldBe = "would-be";
// Why what lies here is nothing to go back to; "": it is.
std::string why_no_way_back(const LiveSet& here, const Journal& journal);
bool leads_to_its_backup(const OpenRun& run);
Target likely_target(const Store& store, const LiveSet& live, Journal journal);

// Holds room for the way back until the run ends: for the files of this run's backup and of the set
// to which a failure would lead now. Throws SystemError where there is none. Where it cannot be
// held for another reason, that is said, and the run goes on.
void hold_room(const OpenRun& run, const std::vector<FileEntry>& backup);

// Where a `rollback` by hand goes. `to`: an ID, "latest", "last-good", "previous" (what was live before what is live)
// or "failed/ID"; what is named is taken, known bad or not. "", the first of these:
//
//   the target of the last change on record, where that is a rollback and its files still lie
//   there: a second call must not walk further back than the first
//   with `policy` previous: what was live before what is live
//   newest first, what is known good, was accepted, or was backed up by the verb `backup`: not
//   known bad, and not what lies here
//   the newest backup of which this very call would change a file, and that is not known bad
//
// Only sets that share a file with what is tracked today. Throws Error: kNothingToRollBackTo
// without any such set, kUsage for an ID that does not exist or is of another place.
struct WantedTarget {
  std::string to;
  RollbackTarget policy = RollbackTarget::kAuto;
};
Target manual_target(const Store& store, const Tree& tree, const LiveSet& live, const RestoreRules& rules,
                     const WantedTarget& wanted);

// "; other backups: A, B" for a message about a damaged one.
std::string others_than(const Store& store, const SetRef& ref);

}  // namespace backstep
