// SPDX-License-Identifier: Apache-2.0
#include "deploy/target.h"

#include <fmt/core.h>

#include <algorithm>

#include "backup/restore_plan.h"
#include "base/error.h"
#include "store/known_good.h"

namespace backstep {
namespace {

std::vector<Target> known_good_targets(const Catalog& catalog, const KnownGood& good) {
  std::vector<Target> targets;
  for (const std::string& digest : good.stored) {
    const bool newest = digest == good.stored.front();
    for (const CatalogEntry* entry : catalog.with_digest(digest)) {
      targets.push_back({entry->ref, newest ? good.why_last() : "an older known good"});
    }
  }
  return targets;
}

// Where nothing is known good, even what failed before is better than what fails now: it is what
// the services ran with.
std::string for_want_of_a_good(const std::string& whose, const KnownGood& good) {
  if (!good.stored.empty()) return whose;
  if (good.lost.empty()) return whose + ", for nothing is known good yet";
  return whose + ", for no backup holds a known good version any more";
}

Verdict verdict_on(const SetRef& ref, const Catalog& catalog, const Verdicts& verdicts) {
  const CatalogEntry* entry = catalog.find(ref);
  return entry == nullptr ? Verdict::kUntested : verdicts.of(entry->manifest.digest);
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
  const KnownGood known = known_good(catalog, verdicts);
  const std::vector<Target> good = known_good_targets(catalog, known);
  const bool replaced = !journal.stands_in.empty();
  const SetRef previous{Shelf::kBackups, replaced ? journal.stands_in : journal.backup};
  const Verdict verdict = verdict_on(previous, catalog, verdicts);
  const bool newer_good = replaced && !good.empty() && good.front().ref.id > previous.id;
  const bool previous_good = verdict == Verdict::kGood && !newer_good;
  std::string whose =
      replaced ? "the backup of the run that was settled first" : "this run's backup";
  if (verdict == Verdict::kBad) whose += ", known bad";

  const bool policy_previous = journal.target_policy == RollbackTarget::kPrevious ||
                               (journal.target_policy == RollbackTarget::kAuto &&
                                !journal.has_check() && verdict != Verdict::kBad);
  std::vector<Target> targets;
  if (policy_previous && !newer_good) {
    targets.push_back({previous, whose});
  } else if (journal.target_policy == RollbackTarget::kAuto && previous_good) {
    targets.push_back({previous, whose + ", known good"});
  }
  append(targets, good);
  append(targets, {{previous, for_want_of_a_good(whose, known)}});
  append(targets,
         {{{Shelf::kBackups, journal.backup}, "this run's backup, for no other is whole"}});
  return targets;
}

std::optional<ChosenTarget> choose_target(const Site& site, const Journal& journal,
                                          const LiveSet& live) {
  const Catalog catalog = read_catalog(site.store);
  const Tree tree = site.tree(journal.patterns);
  for (const Target& target : candidate_targets(journal, catalog, Verdicts::load(site.store))) {
    try {
      StoredSet set = read_set(site.store, target.ref, journal.patterns);
      check_sources(set, plan_restore(tree, set, live, {}));
      return ChosenTarget{target, std::move(set)};
    } catch (const Error& error) {
      site.context.listener.warning(fmt::format("{} ({}) cannot be used: {}", target.ref.label(),
                                                target.reason, error.message()));
    }
  }
  return std::nullopt;
}

}  // namespace backstep
