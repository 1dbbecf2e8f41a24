// SPDX-License-Identifier: Apache-2.0
#include "store/retention.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/duration.h"
#include "base/error.h"

namespace backstep {
namespace {

using State = CatalogEntry::State;

bool is_readable(const CatalogEntry& entry) {
  return entry.state == State::kComplete || entry.state == State::kUnverified;
}

void check_policy(const Retention& policy) {
  if (policy.keep_last > 0 || policy.keep_good > 0 || policy.keep_within > Duration{0}) return;
  throw Error(ExitCode::kUsage,
              "retention is empty: set keep_last, keep_good or keep_within, or every backup would "
              "be removed");
}

// Gives each set the first reason to keep it, rule by rule.
class Decider {
 public:
  Decider(const Retention& policy, const RetentionInput& input) : policy_(policy), input_(input) {
    for (const CatalogEntry& entry : input.catalog.entries) {
      decisions_.push_back({entry.ref, false, "no rule keeps it"});
    }
  }

  std::vector<RetentionDecision> decide() {
    keep_untouchable();
    keep_good();
    keep_last(Shelf::kBackups);
    keep_last(Shelf::kFailed);
    keep_within();
    return std::move(decisions_);
  }

 private:
  const std::vector<CatalogEntry>& entries() const { return input_.catalog.entries; }

  void keep(size_t at, const std::string& reason) {
    if (decisions_[at].keep) return;
    decisions_[at].keep = true;
    decisions_[at].reason = reason;
  }
  void keep(const CatalogEntry& entry, const std::string& reason) {
    keep(static_cast<size_t>(&entry - entries().data()), reason);
  }

  std::string untouchable_because(const CatalogEntry& entry) const {
    const auto& in_use = input_.in_use;
    if (std::find(in_use.begin(), in_use.end(), entry.ref) != in_use.end()) {
      return "named by the journal";
    }
    if (entry.state == State::kNewer) return "written by a newer version";
    if (entry.state == State::kDamaged) return "damaged";
    if (entry.manifest.time > input_.now) return "dated in the future";
    return {};
  }

  void keep_untouchable() {
    for (const CatalogEntry& entry : entries()) {
      const std::string reason = untouchable_because(entry);
      if (!reason.empty()) keep(entry, reason);
    }
  }

  // A version is kept by its newest set: the older ones have nothing that this one lacks. The last
  // good version stays even when the rule is off, for it is what a rollback goes back to.
  void keep_good() {
    int kept = 0;
    for (const std::string& digest : input_.verdicts.good_digests()) {
      if (kept > 0 && kept >= policy_.keep_good) return;
      const std::vector<const CatalogEntry*> sets = input_.catalog.with_digest(digest);
      if (sets.empty()) continue;
      keep(*sets.front(), kept == 0 ? "last good" : fmt::format("last {} good", policy_.keep_good));
      ++kept;
    }
  }

  void keep_last(Shelf shelf) {
    int kept = 0;
    for (auto entry = entries().rbegin(); entry != entries().rend(); ++entry) {
      if (kept >= policy_.keep_last) return;
      if (entry->ref.shelf != shelf || !is_readable(*entry)) continue;
      keep(*entry, fmt::format("last {}", policy_.keep_last));
      ++kept;
    }
  }

  void keep_within() {
    if (policy_.keep_within <= Duration{0}) return;
    for (const CatalogEntry& entry : entries()) {
      if (entry.ref.shelf == Shelf::kFailed || !is_readable(entry)) continue;
      if (std::chrono::seconds(input_.now - entry.manifest.time) <= policy_.keep_within) {
        keep(entry, "within " + format_duration(policy_.keep_within));
      }
    }
  }

  const Retention& policy_;
  const RetentionInput& input_;
  std::vector<RetentionDecision> decisions_;
};

}  // namespace

std::vector<RetentionDecision> decide_retention(const Retention& policy,
                                                const RetentionInput& input) {
  check_policy(policy);
  return Decider(policy, input).decide();
}

void prune_sets(const Store& store, const std::vector<SetRef>& sets) {
  for (const SetRef& ref : sets) {
    const Directory& shelf = store.shelf(ref.shelf);
    shelf.remove_tree(kPrunedPrefix + ref.id);
    shelf.rename(ref.id, shelf, kPrunedPrefix + ref.id, IfExists::kFail);
  }
  // On disk before the first file goes: a power cut in between must not bring back the name of a
  // set that is half removed.
  for (const Shelf shelf : {Shelf::kBackups, Shelf::kGood, Shelf::kFailed}) {
    const bool touched = std::any_of(sets.begin(), sets.end(),
                                     [&](const SetRef& ref) { return ref.shelf == shelf; });
    if (touched) store.shelf(shelf).sync();
  }
  for (const SetRef& ref : sets) store.shelf(ref.shelf).remove_tree(kPrunedPrefix + ref.id);
}

}  // namespace backstep
