// SPDX-License-Identifier: Apache-2.0
#include "deploy/target.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/restore_plan.h"
#include "base/error.h"
#include "store/set_reader.h"

namespace backstep {
namespace {

std::vector<Target> known_good_targets(const Catalog& catalog, const Verdicts& verdicts) {
  std::vector<Target> targets;
  const std::vector<std::string> digests = verdicts.good_digests();
  for (size_t i = 0; i < digests.size(); ++i) {
    for (const CatalogEntry* entry : catalog.with_digest(digests[i])) {
      targets.push_back({entry->ref, i == 0 ? "the newest known good" : "an older known good"});
    }
  }
  return targets;
}

void append(std::vector<Target>& targets, const std::vector<Target>& more) {
  for (const Target& target : more) {
    const auto same = [&](const Target& known) { return known.ref == target.ref; };
    if (std::none_of(targets.begin(), targets.end(), same)) targets.push_back(target);
  }
}

}  // namespace

std::vector<Target> candidate_targets(const Journal& journal, const Catalog& catalog,
                                      const Verdicts& verdicts) {
  const std::vector<Target> good = known_good_targets(catalog, verdicts);
  const bool replaced = !journal.stands_in.empty();
  const SetRef previous{Shelf::kBackups, replaced ? journal.stands_in : journal.backup};
  const CatalogEntry* entry = catalog.find(previous);
  const bool newer_good = replaced && !good.empty() && good.front().ref.id > previous.id;
  const bool previous_good =
      entry != nullptr && !newer_good && verdicts.of(entry->manifest.digest) == Verdict::kGood;
  const std::string whose =
      replaced ? "the backup of the run that was settled first" : "this run's backup";

  const bool policy_previous =
      journal.target_policy == RollbackTarget::kPrevious ||
      (journal.target_policy == RollbackTarget::kAuto && journal.health.empty());
  std::vector<Target> targets;
  if (policy_previous && !newer_good) {
    targets.push_back({previous, whose});
  } else if (journal.target_policy == RollbackTarget::kAuto && previous_good) {
    targets.push_back({previous, whose + ", known good"});
  }
  append(targets, good);
  append(targets, {{previous, good.empty() ? whose + ", for nothing is known good yet" : whose}});
  return targets;
}

std::optional<Target> choose_target(const Site& site, const Journal& journal, const LiveSet& live) {
  const Catalog catalog = read_catalog(site.store);
  const Tree tree = site.tree(journal.patterns);
  for (const Target& target : candidate_targets(journal, catalog, Verdicts::load(site.store))) {
    try {
      const StoredSet set = read_set(site.store, target.ref, journal.patterns);
      check_sources(set, plan_restore(tree, set, live, {}));
      return target;
    } catch (const Error& error) {
      site.context.listener.warning(fmt::format("{} ({}) cannot be used: {}", target.ref.label(),
                                                target.reason, error.message()));
    }
  }
  return std::nullopt;
}

}  // namespace backstep
