// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "store/records/verdicts.h"
#include "store/sets/set_reader.h"
#include "store/store.h"
#include "system/progress.h"

namespace backstep {

struct RetentionDecision {
  SetRef ref;
  bool keep = true;
  // For a set that stays: every rule that keeps it, the most important first ("named by the
  // journal", "last good", "last 10", "within 30d" ...). For one that goes: the reason.
  std::vector<std::string> reasons;
};

struct RetentionInput {
  const Catalog& catalog;
  const Verdicts& verdicts;
  std::vector<SetRef> in_use;  // what an open journal names
  int64_t now = 0;
  // Whether a set is whole, asked only where another one would go because this one holds the same,
  // or because this one is the version to go back to.
  std::function<bool(const SetRef&)> is_whole = [](const SetRef&) { return true; };
};

// Which sets go. Rules are ORed, and those that count count contents: an older set of what they
// keep already takes no place, and only keep_within and keep_tags keep it.
//
//   keep_last    the newest sets, of backups and of accepted sets each
//   keep_good    the newest set of each of the last known good versions
//   keep_within  all sets that are not older, by the manifest's time
//   keep_tags    all sets with such a tag
//   keep_failed  the newest evidence, which no other rule keeps
//
// Never: the last good version (the newest set, where nothing is known good), what an open journal
// names, what evidence that stays rests on, sets of a newer version, damaged ones; the last take no
// place in any count. Where the newest set of a content is not whole, an older one that is stays.
//
// "Newest" is by the catalog's order. The age of a set whose date is not believable is not known:
// keep_within passes over it, the other rules take it like any other.
//
// Throws Error (kUsage) as require_a_rule() does.
std::vector<RetentionDecision> decide_retention(const Retention& policy, const RetentionInput& input);

// Throws Error (kUsage) when every rule for backups is off, which would remove all but one of them.
void require_a_rule(const Retention& policy);

// What a retention leaves of a store. It is decided here for `prune`, for its dry run and for the
// end of an accepted run, so all three go by the same rules.
struct Pruning {
  std::vector<RetentionDecision> decisions;  // oldest first
  std::string loss;                          // the last good version is in no backup: what is left; "" = it is there
  std::vector<std::string> unsound = {};     // sets that were looked at and are not whole, each with why
  std::optional<uint64_t> freed_bytes = {};  // nullopt: not looked at, or it cannot be known

  std::vector<SetRef> leaving() const;
};

// Changes nothing. `in_use`: what an open journal names. Throws Error (kUsage) for an empty policy.
Pruning decide_pruning(const Store& store, const Retention& policy, const Patterns& patterns,
                       const std::vector<SetRef>& in_use, int64_t now);

// Renames each to a dot name first, then removes it: a reader sees a whole set or none.
void prune_sets(const Store& store, const std::vector<SetRef>& sets, Progress* progress = nullptr);

// How many bytes a file system gives back for them: files that other sets share are not counted.
// Throws Error when they cannot be looked at, which need not stop anybody from removing them.
uint64_t bytes_freed_by(const Store& store, const std::vector<SetRef>& sets);

}  // namespace backstep
