// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "store/retention/retention.h"
#include "unit/store/stored_sets.h"

namespace backstep::test {

constexpr int64_t kDay = 86400;
constexpr int64_t kPruneTime = 1710080580;  // 2024-03-10T14:23:00Z, a Sunday

inline Retention no_rules() { return {.keep_last = 0, .keep_good = 0, .keep_within = Duration{0}, .keep_failed = 0}; }

template <auto member, typename Value>
Retention only(Value value) {
  Retention policy = no_rules();
  policy.*member = std::move(value);
  return policy;
}
constexpr auto only_last = only<&Retention::keep_last, int>;
constexpr auto only_good = only<&Retention::keep_good, int>;
constexpr auto only_within = only<&Retention::keep_within, Duration>;
constexpr auto only_tags = only<&Retention::keep_tags, std::vector<std::string>>;

// A store without files: what a retention decides on is catalog, verdicts and a journal's names.
struct RetentionScene {
  StoreScene scene;
  Catalog catalog;
  std::vector<SetRef> in_use;
  std::vector<SetRef> damaged;

  // Sets are added oldest first.
  CatalogEntry& add(Shelf shelf, int64_t time, const std::string& script,
                    CatalogEntry::State state = CatalogEntry::State::kComplete) {
    CatalogEntry entry;
    entry.ref = {shelf, id_of_seconds(time)};
    entry.state = state;
    entry.manifest.id = entry.ref.id;
    entry.manifest.time = time;
    if (state == CatalogEntry::State::kComplete) {
      entry.manifest.digest = script.empty() ? set_digest({}) : digest_of_script(script);
    }
    catalog.entries.push_back(entry);
    return catalog.entries.back();
  }
  CatalogEntry& backup(int days, const std::string& script) {
    return add(Shelf::kBackups, kPruneTime - days * kDay, script);
  }
  CatalogEntry& backup(int days, CatalogEntry::State state) {
    return add(Shelf::kBackups, kPruneTime - days * kDay, "", state);
  }
  CatalogEntry& accepted(int days, const std::string& script) {
    return add(Shelf::kGood, kPruneTime - days * kDay, script);
  }
  CatalogEntry& failed(int days, const std::string& script) {
    return add(Shelf::kFailed, kPruneTime - days * kDay, script);
  }
  void passed(const std::string& script, bool is_good = true) const {
    static int run = 0;
    append_verdict(scene.store, {.run = uid_of("r" + std::to_string(++run)),
                                 .digest = digest_of_script(script),
                                 .good = is_good,
                                 .commit = ""});
  }

  std::vector<RetentionDecision> decide(const Retention& policy) const {
    const Verdicts verdicts = Verdicts::load(scene.store);
    return decide_retention(policy, {catalog, verdicts, in_use, kPruneTime, [&](const SetRef& ref) {
                                       return std::find(damaged.begin(), damaged.end(), ref) == damaged.end();
                                     }});
  }
  // The ages in days of what stays, oldest first: "30f 2 1g" (f = evidence, g = accepted set).
  std::string kept(const Retention& policy) const {
    std::vector<std::string> ages;
    for (const RetentionDecision& decision : decide(policy)) {
      if (decision.keep) ages.push_back(age_of(decision.ref));
    }
    return joined(ages, " ");
  }
  // Of the set of this age: its reasons.
  std::string why(const Retention& policy, const std::string& age) const {
    for (const RetentionDecision& decision : decide(policy)) {
      if (age_of(decision.ref) == age) return joined(decision.reasons, "; ");
    }
    return "no such set";
  }

  static std::string age_of(const SetRef& ref) {
    std::string age = std::to_string((kPruneTime - *seconds_of_id(ref.id)) / kDay);
    if (ref.shelf == Shelf::kGood) age += "g";
    if (ref.shelf == Shelf::kFailed) age += "f";
    return age;
  }
};

}  // namespace backstep::test
