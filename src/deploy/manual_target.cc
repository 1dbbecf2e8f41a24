// SPDX-License-Identifier: Apache-2.0
#include "deploy/manual_target.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/text.h"
#include "store/history.h"
#include "store/set_reader.h"
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

ManualTarget last_good(const Catalog& catalog, const Store& store) {
  for (const std::string& digest : Verdicts::load(store).good_digests()) {
    const auto sets = catalog.with_digest(digest);
    if (!sets.empty()) return {sets.front()->ref, "the newest known good"};
  }
  throw Error(ExitCode::kNothingToRollBackTo,
              "nothing is known good yet: name an ID of 'backstep list'");
}

class DefaultTarget {
 public:
  DefaultTarget(const Store& store, const Tree& tree, const LiveSet& live,
                const RestoreRules& rules, const Catalog& catalog)
      : store_(store), tree_(tree), live_(live), rules_(rules), catalog_(catalog) {}

  ManualTarget find() const {
    if (const auto repeated = last_rollback()) return *repeated;
    for (const CatalogEntry* entry : backups_newest_first(catalog_)) {
      // A damaged one is the target all the same, so that it is refused by name and not passed
      // over.
      if (!is_usable(*entry) || changes_something(entry->ref)) {
        return {entry->ref, "the newest backup that differs from what lies there"};
      }
    }
    return {backups_newest_first(catalog_).front()->ref, "the newest backup"};
  }

 private:
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
    if (last == history.rend() || last->event != HistoryLine::Event::kRolledBack) {
      return std::nullopt;
    }
    const auto ref = find_by_name(catalog_, last->restored_from);
    if (!ref || changes_something(*ref)) return std::nullopt;
    return ManualTarget{*ref, "the files of the last rollback still lie there" + next_older(*ref)};
  }

  std::string next_older(const SetRef& ref) const {
    for (const CatalogEntry* entry : backups_newest_first(catalog_)) {
      if (entry->ref.id < ref.id && is_usable(*entry) && changes_something(entry->ref)) {
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
};

}  // namespace

ManualTarget manual_target(const Store& store, const Tree& tree, const LiveSet& live,
                           const RestoreRules& rules, const std::string& to) {
  const Catalog catalog = read_catalog(store);
  if (to == "last-good") return last_good(catalog, store);
  if (backups_newest_first(catalog).empty() && (to.empty() || to == "latest")) {
    throw Error(ExitCode::kNothingToRollBackTo, "No backups found. Cannot perform rollback.");
  }
  if (to.empty()) return DefaultTarget(store, tree, live, rules, catalog).find();
  return {named_set(catalog, to), to == "latest" ? "the newest backup" : "named by --to"};
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
