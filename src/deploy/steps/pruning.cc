// SPDX-License-Identifier: Apache-2.0
#include "deploy/steps/pruning.h"

#include "deploy/run/records.h"
#include "store/records/known_good.h"
#include "store/records/verdicts.h"
#include "store/retention/prune.h"
#include "store/sets/catalog.h"
#include "store/sets/set_reader.h"

namespace backstep {
namespace {

using Sets = std::vector<SetRef>;

// Whether sets are read to see if they are whole. Those that are not only keep others, so without a
// look no fewer go.
enum class Looks { kNowhere, kIntoSets };

struct Pruner {
  const Store& store;
  const Retention& policy;
  const Patterns& patterns;
  Sets in_use;
  int64_t now;

  Pruning decide_by(const Catalog& catalog, Looks looks) const {
    const Verdicts verdicts = Verdicts::load(store);
    Pruning pruning;
    RetentionInput input{.catalog = catalog, .verdicts = verdicts, .in_use = in_use, .now = now};
    if (looks == Looks::kIntoSets) {
      input.is_whole = [&](const SetRef& ref) {
        const std::string why = why_not_whole(store, ref, patterns);
        if (!why.empty()) pruning.unsound.push_back(ref.label() + " is not whole: " + why);
        return why.empty();
      };
    }
    pruning.decisions = decide_retention(policy, input);
    pruning.loss = known_good(catalog, verdicts).loss();
    return pruning;
  }
};

}  // namespace

std::vector<SetRef> Pruning::leaving() const {
  std::vector<SetRef> refs;
  for (const RetentionDecision& decision : decisions) {
    if (!decision.keep) refs.push_back(decision.ref);
  }
  return refs;
}

Pruning decide_pruning(const Store& store, const Retention& policy, const Patterns& patterns,
                       const Journal* open, int64_t now) {
  Pruner pruner{store, policy, patterns, open != nullptr ? sets_named_by(*open) : Sets(), now};
  const Catalog catalog = read_catalog(store);
  Pruning at_a_glance = pruner.decide_by(catalog, Looks::kNowhere);
  return at_a_glance.leaving().empty() ? at_a_glance : pruner.decide_by(catalog, Looks::kIntoSets);
}

void carry_out(const Pruning& pruning, const Store& store, Listener& listener) {
  prune_sets(store, pruning.leaving(), listener.progress());
}

}  // namespace backstep
