// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/pruning.h"

#include "deploy/run/records.h"
#include "store/records/known_good.h"
#include "store/records/verdicts.h"
#include "store/retention/prune.h"
#include "store/sets/catalog.h"
#include "store/sets/set_reader.h"

namespace backstep {
std::vector<SetRef> Pruning::leaving() const {
  std::vector<SetRef> refs;
  for (const RetentionDecision& decision : decisions) {
    if (!decision.keep) refs.push_back(decision.ref);
  }
  return refs;
}

Pruning decide_pruning(const Store& store, const Retention& policy, const Patterns& patterns,
                       const Journal* open, int64_t now) {
  const Catalog catalog = read_catalog(store);
  const Verdicts verdicts = Verdicts::load(store);
  const std::vector<SetRef> in_use = open != nullptr ? sets_named_by(*open) : std::vector<SetRef>();
  RetentionInput input{.catalog = catalog, .verdicts = verdicts, .in_use = in_use, .now = now};
  Pruning pruning{.decisions = decide_retention(policy, input),
                  .loss = known_good(catalog, verdicts).loss()};
  // Sets that are not whole only keep others, so without a look into them no fewer go.
  if (pruning.leaving().empty()) return pruning;
  input.is_whole = [&](const SetRef& ref) {
    const std::string why = why_not_whole(store, ref, patterns);
    if (!why.empty()) pruning.unsound.push_back(ref.label() + " is not whole: " + why);
    return why.empty();
  };
  pruning.decisions = decide_retention(policy, input);
  return pruning;
}

void carry_out(const Pruning& pruning, const Store& store, Listener& listener) {
  prune_sets(store, pruning.leaving(), listener.progress());
}

}  // namespace backstep
