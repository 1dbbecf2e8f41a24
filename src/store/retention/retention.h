// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/config.h"
#include "store/records/verdicts.h"
#include "store/sets/catalog.h"

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
// keep already takes no place, and only keep_within and keep_tags keep it. A set without a manifest
// is a content of its own.
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
std::vector<RetentionDecision> decide_retention(const Retention& policy,
                                                const RetentionInput& input);

// Throws Error (kUsage) when every rule for backups is off, which would remove all but one of them.
void require_a_rule(const Retention& policy);

}  // namespace backstep
