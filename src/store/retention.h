// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "store/catalog.h"
#include "store/verdicts.h"

namespace backstep {

struct RetentionDecision {
  SetRef ref;
  bool keep = true;
  std::string reason;  // "last 10", "within 30d", "last good", "named by the journal" ...
};

struct RetentionInput {
  const Catalog& catalog;
  const Verdicts& verdicts;
  std::vector<SetRef> in_use;  // what an open journal names
  int64_t now = 0;
};

// Which sets go. Rules are ORed; ages come from the manifest's time. Never: the last good set, what
// an open journal names, sets of a newer version, damaged ones, dates in the future. Evidence
// counts for itself by keep_last. Throws Error (kUsage) when every rule is off: an empty policy
// would remove everything.
std::vector<RetentionDecision> decide_retention(const Retention& policy,
                                                const RetentionInput& input);

// Renames each to a dot name first, then removes it: a reader sees a whole set or none.
void prune_sets(const Store& store, const std::vector<SetRef>& sets);

}  // namespace backstep
