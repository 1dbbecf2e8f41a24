// SPDX-License-Identifier: Apache-2.0
#include "deploy/manual_target.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "deploy/failed_before.h"
#include "store/history.h"
#include "store/known_good.h"
#include "store/set_reader.h"
#include "store/time_text.h"
#include "store/verdicts.h"

namespace backstep {
namespace {

bool is_usable(const CatalogEntry& entry) {
  return entry.state == CatalogEntry::State::kComplete ||
         entry.state == CatalogEntry::State::kUnverified;
}

std::vector<const CatalogEntry*> backups_newest_first(const Catalog& catalog) {
  std::vector<const CatalogEntry*> backups;
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.ref.shelf == Shelf::kBackups) backups.push_back(&entry);
  }
  std::reverse(backups.begin(), backups.end());
  return backups;
}

std::string since_words(const VerdictLine& verdict) {
  return verdict.by_human
             ? fmt::format("marked good {}", utc_text(verdict.time))
             : fmt::format("good since {} (run {})", utc_text(verdict.time), verdict.run);
}

// Several sets may hold the same content; a damaged one is taken only where it is the only one.
SetRef whole_one(const Store& store, const Tree& tree,
                 const std::vector<const CatalogEntry*>& sets) {
  const auto whole = std::find_if(sets.begin(), sets.end(), [&](const CatalogEntry* entry) {
    return sets.size() == 1 || is_whole_set(store, entry->ref, tree.patterns);
  });
  return (whole == sets.end() ? sets.front() : *whole)->ref;
}

std::string why_none_is_good(const Catalog& catalog, const Verdicts& verdicts,
                             const KnownGood& good) {
  if (!good.lost.empty()) return good.loss();
  bool all_bad = false;
  for (const CatalogEntry& entry : catalog.entries) {
    if (entry.ref.shelf == Shelf::kFailed || !is_usable(entry)) continue;
    all_bad = verdicts.of(entry.manifest.digest) == Verdict::kBad;
    if (!all_bad) break;
  }
  return all_bad ? "every backup is known bad" : "nothing is known good yet";
}

ManualTarget last_good(const Catalog& catalog, const Store& store, const Tree& tree,
                       const LiveSet& live) {
  const Verdicts verdicts = Verdicts::load(store);
  const KnownGood good = known_good(catalog, verdicts);
  if (good.last == nullptr) {
    throw Error(ExitCode::kNothingToRollBackTo,
                why_none_is_good(catalog, verdicts, good) +
                    ": name an ID of 'backstep list', as in 'backstep rollback --to ID', or say "
                    "which one works by 'backstep mark good ID'");
  }
  const std::string& digest = good.stored.front();
  std::string reason =
      fmt::format("{}, {}", good.why_last(), since_words(*verdicts.deciding(digest)));
  if (digest == live.digest) {
    reason += "; it is what lies here: if it is at fault, 'backstep mark bad' first";
  }
  return {whole_one(store, tree, catalog.with_digest(digest)), reason, ""};
}

class DefaultTarget {
 public:
  DefaultTarget(const Store& store, const Tree& tree, const LiveSet& live,
                const RestoreRules& rules, const Catalog& catalog)
      : store_(store),
        tree_(tree),
        live_(live),
        rules_(rules),
        catalog_(catalog),
        verdicts_(Verdicts::load(store)) {}

  ManualTarget find() const {
    if (const auto repeated = last_rollback()) return *repeated;
    std::vector<std::string> passed_over;
    for (const CatalogEntry* entry : backups_newest_first(catalog_)) {
      // A damaged one is the target all the same, so that it is refused by name and not passed
      // over.
      if (is_usable(*entry) && !changes_something(entry->ref)) continue;
      if (is_usable(*entry) && is_known_bad(*entry)) {
        passed_over.push_back(entry->ref.label());
        continue;
      }
      return {
          entry->ref,
          "the newest backup that differs from what lies there" + passed_over_words(passed_over),
          ""};
    }
    if (!passed_over.empty()) refuse_known_bad(passed_over);
    if (live_.empty()) refuse_nothing();
    return {backups_newest_first(catalog_).front()->ref, "the newest backup", ""};
  }

 private:
  bool is_known_bad(const CatalogEntry& entry) const {
    return verdicts_.of(entry.manifest.digest) == Verdict::kBad;
  }

  static std::string passed_over_words(const std::vector<std::string>& ids) {
    if (ids.empty()) return "";
    if (ids.size() > 3) return fmt::format("; {} newer ones are known bad", ids.size());
    return fmt::format("; known bad and passed over: {}", joined(ids, ", "));
  }

  [[noreturn]] void refuse_known_bad(const std::vector<std::string>& ids) const {
    const std::string good = verdicts_.good_digests().empty() ? "" : "last-good or ";
    throw Error(
        ExitCode::kNothingToRollBackTo,
        fmt::format("every backup that differs from what lies there is known bad ({}): "
                    "name {}an ID of 'backstep list' by --to",
                    ids.size() > 3 ? counted(ids.size(), "backup") : joined(ids, ", "), good));
  }

  // As after a failed first run: going "back" to no file at all would call that version healthy
  // which still runs.
  [[noreturn]] static void refuse_nothing() {
    throw Error(ExitCode::kNothingToRollBackTo,
                "no backup holds a file, and none lies there: there is no earlier version");
  }

  bool changes_something(const SetRef& ref) const {
    try {
      const StoredSet set = read_set(store_, ref, tree_.patterns);
      return !plan_restore(tree_, set, live_, rules_).empty();
    } catch (const Error&) {
      return true;  // damaged: see find()
    }
  }

  std::optional<ManualTarget> last_rollback() const {
    const std::vector<HistoryLine> history = load_history(store_);
    const auto last = std::find_if(history.rbegin(), history.rend(), [](const HistoryLine& line) {
      return line.event != HistoryLine::Event::kBegun && line.event != HistoryLine::Event::kKept;
    });
    if (last == history.rend()) return std::nullopt;
    const bool by_hand = last->verb == "rollback" && last->event == HistoryLine::Event::kRestored;
    if (!by_hand && last->event != HistoryLine::Event::kRolledBack) return std::nullopt;
    const auto ref = find_by_name(catalog_, last->restored_from);
    if (!ref || changes_something(*ref)) return std::nullopt;
    return ManualTarget{*ref, "the files of the last rollback still lie there" + next_older(*ref),
                        ""};
  }

  std::string next_older(const SetRef& ref) const {
    for (const CatalogEntry* entry : backups_newest_first(catalog_)) {
      if (entry->ref.id < ref.id && is_usable(*entry) && !is_known_bad(*entry) &&
          changes_something(entry->ref)) {
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
  Verdicts verdicts_;
};

// A person may want just this one, so it is said and not refused.
std::string caution_about(const Store& store, const Catalog& catalog, const SetRef& ref) {
  const CatalogEntry* entry = catalog.find(ref);
  if (entry == nullptr || entry->state != CatalogEntry::State::kComplete) return "";
  const auto failed = failed_before(store, entry->manifest.digest);
  if (!failed || !failed->proved) return "";
  return fmt::format("{} is known bad: {}", ref.label(), described(*failed));
}

}  // namespace

ManualTarget manual_target(const Store& store, const Tree& tree, const LiveSet& live,
                           const RestoreRules& rules, const std::string& to) {
  // A name is a name; by what else a set is chosen is read from its manifest.
  const bool named = !to.empty() && to != "last-good";
  const Catalog catalog = named ? recall_catalog(store) : read_catalog(store);
  if (to == "last-good") return last_good(catalog, store, tree, live);
  if (backups_newest_first(catalog).empty() && (to.empty() || to == "latest")) {
    throw Error(ExitCode::kNothingToRollBackTo, "No backups found. Cannot perform rollback.");
  }
  if (to.empty()) return DefaultTarget(store, tree, live, rules, catalog).find();
  const SetRef ref = named_set(catalog, to);
  return {ref, to == "latest" ? "the newest backup" : "named by --to",
          caution_about(store, catalog, ref)};
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
