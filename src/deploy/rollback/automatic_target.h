// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "deploy/run/open_run.h"
#include "journal/journal.h"
#include "store/records/verdicts.h"
#include "store/sets/set_reader.h"

namespace backstep {

// To which set a failed run goes back, and the reason that is said.
struct Target {
  SetRef ref;
  std::string reason;
};

// What sets of other settings are to this run, by comparing what both looked for; see
// backup/restore/restore_plan.h.
struct Comparisons {
  // This run's backup, of which exactly nobody knows anything, is a known good version there.
  bool backup_is_good = false;
  // Known good digests that share no file with what this run tracks: no way back leads there.
  std::set<std::string> foreign;
};

// In the order in which they are tried. Pure: decided by the catalog, the verdicts and what was
// compared.
//
//   auto      this run's backup if it is known good, else the newest known good, else the backup;
//             without a health check: previous, unless that is known bad
//   previous  this run's backup, else the newest known good
//   last-good the newest known good, else this run's backup
//
// The backup of a crashed run that was settled before this one takes the place of "this run's
// backup", unless a known good is newer: what the settling kept is newer work, not what was live.
// This run's own is then the last one to be tried.
std::vector<Target> candidate_targets(const Journal& journal, const Catalog& catalog,
                                      const Verdicts& verdicts,
                                      const Comparisons& comparisons = {});

struct ChosenTarget {
  Target target;
  StoredSet set;
};

// The first candidate that is whole where it is needed; damaged ones are named through the
// listener. One that says nothing of files which are tracked today becomes a set composed of it and
// this run's backup, which is stored.
std::optional<ChosenTarget> choose_target(const OpenRun& run, const LiveSet& live);

// Where a run that began now would go back to, as far as can be told before it does: what lies here
// would be its backup, which the ref kWouldBe stands for. Takes no lock and stores nothing.
inline constexpr const char* kWouldBe = "would-be";
Target likely_target(const Store& store, const LiveSet& live, Journal journal);

// Holds room for the way back until the run ends: for the files of this run's backup and of the set
// to which a failure would lead now. Throws SystemError where there is none. Where it cannot be
// held for another reason, that is said, and the run goes on.
void hold_room(const OpenRun& run, const std::vector<FileEntry>& backup);

}  // namespace backstep
