// SPDX-License-Identifier: Apache-2.0
#include "deploy/rollback/targets.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "deploy/run/records.h"
#include "store/records/history.h"
#include "store/set_id.h"

namespace backstep {
namespace {

bool is_usable(const CatalogEntry& entry) {
  return entry.state == CatalogEntry::State::kComplete || entry.state == CatalogEntry::State::kUnverified;
}

using Entries = std::vector<const CatalogEntry*>;

Entries newest_first(const Catalog& catalog) {
  Entries sets;
  for (auto entry = catalog.entries.rbegin(); entry != catalog.entries.rend(); ++entry) {
    if (entry->ref.shelf != Shelf::kFailed) sets.push_back(&*entry);
  }
  return sets;
}

Entries backups_newest_first(const Catalog& catalog) {
  Entries sets = newest_first(catalog);
  std::erase_if(sets, [](const CatalogEntry* set) { return set->ref.shelf != Shelf::kBackups; });
  return sets;
}

[[noreturn]] void refuse(const std::string& why) { throw Error(ExitCode::kNothingToRollBackTo, why); }

std::string since_words(const VerdictLine& verdict) {
  return verdict.by_human ? fmt::format("marked good {}", utc_text(verdict.time))
                          : fmt::format("good since {} (run {})", utc_text(verdict.time), verdict.run);
}

// Several sets may hold the same content; a damaged one is taken only where it is the only one.
SetRef whole_one(const Store& store, const Tree& tree, const Entries& sets) {
  const auto whole = std::ranges::find_if(sets, [&](const CatalogEntry* entry) {
    return sets.size() == 1 || why_not_whole(store, entry->ref, tree.patterns).empty();
  });
  return (whole == sets.end() ? sets.front() : *whole)->ref;
}

std::string why_none_is_good(const Catalog& catalog, const Verdicts& verdicts, const KnownGood& good) {
  if (!good.lost.empty()) return good.loss();
  bool all_bad = false;
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.ref.shelf == Shelf::kFailed || !is_usable(entry)) continue;
    all_bad = verdicts.of(entry.manifest.digest) == Verdict::kBad;
    if (!all_bad) break;
  }
  return all_bad ? "every backup is known bad" : "nothing is known good yet";
}

// Whether anything of the set means anything for what is tracked today. A damaged one is named where it is needed.
bool is_comparable(const Store& store, const Tree& tree, const SetRef& ref) {
  const auto set = find_readable_set(store, ref, tree.patterns);
  return !set || set->manifest.empty() || shares_a_file(set->manifest, tree.patterns);
}

Target last_good(const Catalog& catalog, const Store& store, const Tree& tree, const LiveSet& live) {
  const Verdicts verdicts = Verdicts::load(store);
  const KnownGood good = known_good(catalog, verdicts);
  if (good.last == nullptr) {
    refuse(why_none_is_good(catalog, verdicts, good) +
           fmt::format(": name an ID of 'list', as in '{}', or say which one works by '{}'",
                       tree.store.command("rollback --to ID"), tree.store.command("mark good ID")));
  }
  const auto digest = std::ranges::find_if(good.stored, [&](const std::string& each) {
    const Entries sets = catalog.with_digest(each);
    return !sets.empty() && is_comparable(store, tree, sets.front()->ref);
  });
  if (digest == good.stored.end()) {
    refuse("no known good version holds any of the files that are tracked now: name an ID of 'list' by --to");
  }
  std::string reason = fmt::format("{}, {}", good.why_last(), since_words(*verdicts.deciding(*digest)));
  if (*digest == live.digest) {
    reason += "; it is what lies here: if it is at fault, '" + tree.store.command("mark bad") + "' first";
  }
  return {whole_one(store, tree, catalog.with_digest(*digest)), reason};
}

// What the records and the files that lie here make the target.
class RecordedTarget {
 public:
  RecordedTarget(const Store& store, const Tree& tree, const LiveSet& live, const RestoreRules& rules,
                 const Catalog& catalog)
      : store_(store), tree_(tree), live_(live), rules_(rules), catalog_(catalog) {
    for (const HistoryLine& line : history_) {
      if (line.event == HistoryLine::Event::kAccepted) accepted_.emplace(line.digest, &line);
    }
  }

  Target by_default() const {
    if (const auto repeated = last_rollback(false)) return *repeated;
    if (const auto proved = newest_of_merit()) return *proved;
    return newest_backup();
  }

  // The target of the last change, where that is a rollback whose files still lie there.
  std::optional<Target> last_rollback(bool only_by_hand) const {
    const HistoryLine* last = last_change(history_);
    if (last == nullptr) return std::nullopt;
    const bool by_hand = last->verb == RunVerb::kRollback;
    if (only_by_hand && !by_hand) return std::nullopt;
    const bool files_only = by_hand && last->event == HistoryLine::Event::kRestored;
    if (!files_only && last->event != HistoryLine::Event::kRolledBack) return std::nullopt;
    const auto ref = find_by_name(catalog_, last->restored_from);
    // Whatever this call asks for besides, it was that one's files that came back.
    const RestoreRules least{.scope = {false, false, rules_.scope.only_services}, .index = rules_.index};
    if (!ref || differs(*ref, least) || !is_comparable(store_, tree_, *ref)) return std::nullopt;
    return Target{*ref, "the files of the last rollback still lie there" + next_older(*ref)};
  }

  // What was live before what is live now.
  Target previous() const {
    const std::optional<LiveVersion> live = live_version(history_, catalog_);
    const HistoryLine* before = put_live_before(history_, catalog_, live ? live->digest : std::string());
    if (before == nullptr) refuse("no record says what was live before what is live now");
    const Entries sets = catalog_.with_digest(digest_put_live(*before, catalog_));
    if (sets.empty()) refuse("what was live before what is live now is stored no more");
    return {whole_one(store_, tree_, sets), "what was live before what is live now"};
  }

 private:
  using Passed = std::vector<std::string>;

  // Why one would go back to it by itself; "": nothing says that it ever worked.
  std::string merit_of(const CatalogEntry& entry) const {
    const std::string& digest = entry.manifest.digest;
    if (entry.state == CatalogEntry::State::kUnverified) {
      return "backed up by a script that writes no manifest";
    }
    if (entry.state != CatalogEntry::State::kComplete) return "";
    if (verdicts_.of(digest) == Verdict::kGood) {
      return "known good, " + since_words(*verdicts_.deciding(digest));
    }
    if (const auto line = accepted_.find(digest); line != accepted_.end()) {
      return "live before, accepted " + utc_text(line->second->time);
    }
    if (entry.manifest.made_by == "accepted") return "live before";
    return entry.manifest.made_by == "backup" ? "backed up by hand, never deployed by a run" : "";
  }

  // The newest that is wanted and not known bad. What a damaged backup was worth nobody can tell,
  // so it is the target all the same: it is refused by name and not passed over.
  template <typename Wanted>
  const CatalogEntry* newest(const Entries& sets, const Wanted& is_wanted, Passed& passed) const {
    for (const CatalogEntry* entry : sets) {
      if (is_damaged_backup(*entry)) return entry;
      if (!is_wanted(*entry)) continue;
      if (verdicts_.of(entry->manifest.digest) != Verdict::kBad) return entry;
      passed.push_back(entry->ref.label());
    }
    return nullptr;
  }

  // One that lacks a file which was added since is another version, though nothing is removed for it unasked.
  std::optional<Target> newest_of_merit() const {
    const auto is_wanted = [this](const CatalogEntry& entry) {
      return !merit_of(entry).empty() && entry.manifest.digest != live_.digest && differs(entry.ref, rules_, true);
    };
    Passed passed;
    const CatalogEntry* found = newest(newest_first(catalog_), is_wanted, passed);
    if (found == nullptr) return std::nullopt;
    if (is_damaged_backup(*found)) return Target{found->ref, "the newest backup"};
    return Target{found->ref, "the newest that is not what lies here: " + merit_of(*found) + passed_words(passed)};
  }

  // The original's use: the newest backup, whatever it holds.
  Target newest_backup() const {
    const Entries backups = backups_newest_first(catalog_);
    const auto is_wanted = [this](const CatalogEntry& entry) { return differs(entry.ref, rules_); };
    Passed passed;
    if (const CatalogEntry* found = newest(backups, is_wanted, passed)) {
      return {found->ref, "the newest backup that differs from what lies there, never live by these records" +
                              passed_words(passed)};
    }
    if (!passed.empty()) refuse_known_bad(passed);
    // So it is after a failed first run. A rollback to no file at all would call the version healthy that still runs.
    if (live_.empty()) {
      refuse("no backup holds a file, and none lies there: there is no earlier version");
    }
    if (!is_comparable(store_, tree_, backups.front()->ref)) {
      refuse("no backup holds any of the files that are tracked now");
    }
    return {
        .ref = backups.front()->ref,
        .reason = "the newest backup",
        .idle = "every backup is as what lies here, or says nothing of it: there is no other version to roll back to"};
  }

  static bool is_damaged_backup(const CatalogEntry& entry) {
    return entry.ref.shelf == Shelf::kBackups && entry.state == CatalogEntry::State::kDamaged;
  }

  static std::string passed_words(const Passed& ids) {
    if (ids.empty()) return "";
    if (ids.size() > 3) return fmt::format("; {} newer ones are known bad", ids.size());
    return fmt::format("; known bad and passed over: {}", joined(ids, ", "));
  }

  [[noreturn]] void refuse_known_bad(const Passed& ids) const {
    const std::string good = verdicts_.good_digests().empty() ? "" : "last-good or ";
    refuse(
        fmt::format("every backup that differs from what lies there is known bad ({}): name {}an ID of 'list' by --to",
                    ids.size() > 3 ? counted(ids.size(), "backup") : joined(ids, ", "), good));
  }

  // Whether going back to the set would change a file; or, where what was added since counts, would
  // leave one that the set lacks, which the original's sets do not tell.
  bool differs(const SetRef& ref, const RestoreRules& rules, bool added_counts = false) const {
    try {
      const StoredSet set = read_set(store_, ref, tree_.patterns);
      if (!shares_a_file(set.manifest, tree_.patterns)) return false;
      const RestorePlan plan = plan_restore(tree_, set, live_, rules);
      return !plan.empty() || (added_counts && !set.unverified && !plan.kept_added.empty());
    } catch (const Error&) {
      return true;  // damaged: refused by name
    }
  }

  std::string next_older(const SetRef& ref) const {
    for (const CatalogEntry* entry : newest_first(catalog_)) {
      if (catalog_.is_newer(ref, entry->ref) && is_usable(*entry) &&
          verdicts_.of(entry->manifest.digest) != Verdict::kBad && differs(entry->ref, rules_)) {
        return fmt::format("; to go further back: --to {}", entry->ref.id);
      }
    }
    return "";
  }

  const Store& store_;
  const Tree& tree_;
  const LiveSet& live_;
  const RestoreRules& rules_;
  const Catalog& catalog_;
  Verdicts verdicts_ = Verdicts::load(store_);
  std::vector<HistoryLine> history_ = labelled_history(store_, catalog_);
  std::map<std::string_view, const HistoryLine*> accepted_;
};

Target named_target(const Store& store, const Catalog& catalog, const Tree& tree, const std::string& to) {
  Target target{named_set(catalog, to), to == "latest" ? "the newest backup" : "named by --to"};
  const CatalogEntry* entry = catalog.find(target.ref);
  if (entry == nullptr || entry->state != CatalogEntry::State::kComplete) return target;
  const std::string& there = entry->manifest.patterns.prefix;
  const std::string& here = tree.patterns.prefix;
  // Its files would be taken for those of this directory.
  if (!may_be_one_place(there, here)) {
    refuse_usage(fmt::format("{} is of {} in this checkout, and this is {}", target.ref.label(), in_quotes(there),
                             in_quotes(here)));
  }
  const auto failed = failed_before(store, entry->manifest.digest);
  // A person may want just this one, so it is said and not refused.
  if (failed && failed->proved) {
    target.caution = fmt::format("{} is known bad: {}", target.ref.label(), described(*failed));
  }
  return target;
}

}  // namespace

Target manual_target(const Store& store, const Tree& tree, const LiveSet& live, const RestoreRules& rules,
                     const WantedTarget& wanted) {
  const std::string& to = wanted.to;
  const Catalog catalog = read_catalog(store);
  if (to == "last-good") return last_good(catalog, store, tree, live);
  if (backups_newest_first(catalog).empty() && (to.empty() || to == "latest")) {
    refuse("No backups found. Cannot perform rollback.");
  }
  if (to.empty() || to == "previous") {
    const RecordedTarget target(store, tree, live, rules, catalog);
    if (to == "previous") return target.previous();
    if (wanted.policy != RollbackTarget::kPrevious) return target.by_default();
    const auto repeated = target.last_rollback(true);
    return repeated ? *repeated : target.previous();
  }
  return named_target(store, catalog, tree, to);
}

std::string others_than(const Store& store, const SetRef& ref) {
  std::vector<std::string> others;
  const Catalog catalog = read_catalog(store);
  for (const CatalogEntry* entry : backups_newest_first(catalog)) {
    if (is_usable(*entry) && !(entry->ref == ref) && others.size() < 3) {
      others.push_back(entry->ref.label());
    }
  }
  return others.empty() ? "; there is no other backup" : "; other backups: " + joined(others, ", ");
}

}  // namespace backstep
