// SPDX-License-Identifier: Apache-2.0
#include "deploy/pruning.h"

#include "base/error.h"
#include "deploy/records.h"
#include "store/catalog.h"
#include "store/known_good.h"
#include "store/prune.h"
#include "store/set_reader.h"
#include "store/verdicts.h"

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
  Catalog catalog = read_catalog(store);
  const Verdicts verdicts = Verdicts::load(store);
  Pruning pruning;
  pruning.decisions = decide_retention(
      policy, {.catalog = catalog,
               .verdicts = verdicts,
               .in_use = open != nullptr ? sets_named_by(*open) : std::vector<SetRef>(),
               .now = now,
               .is_whole = [&](const SetRef& ref) {
                 const std::string why = why_not_whole(store, ref, patterns);
                 if (!why.empty()) pruning.unsound.push_back(ref.label() + " is not whole: " + why);
                 return why.empty();
               }});
  pruning.loss = known_good(catalog, verdicts).loss();
  pruning.cache = std::move(catalog.cache);
  return pruning;
}

void carry_out(const Pruning& pruning, const Store& store, Listener& listener) {
  prune_sets(store, pruning.leaving(), listener.progress());
  if (!pruning.cache.changed()) return;
  try {
    pruning.cache.save(store);
  } catch (const Error& error) {
    listener.warning("the catalog was not written: " + error.message());
  }
}

}  // namespace backstep
