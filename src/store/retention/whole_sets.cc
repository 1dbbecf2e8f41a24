// SPDX-License-Identifier: Apache-2.0
#include "store/retention/whole_sets.h"

#include <algorithm>
#include <map>

namespace backstep {
namespace {

class WholeSets {
 public:
  WholeSets(Keeping& keeping, const RetentionInput& input) : keeping_(keeping), input_(input) {}

  // What goes because another set holds the same must not be the last that is whole.
  void keep_copies() {
    std::map<std::string, Entries> copies;
    for (const CatalogEntry* entry : keeping_.sets()) copies[content_of(*entry)].push_back(entry);
    for (const auto& [content, sets] : copies) {
      const auto kept = [&](const CatalogEntry* set) { return keeping_.keeps(*set); };
      if (keeping_.keeps_all(sets) || std::none_of(sets.begin(), sets.end(), kept)) continue;
      const auto whole = [&](const CatalogEntry* set) { return kept(set) && is_whole(*set); };
      if (std::any_of(sets.begin(), sets.end(), whole)) continue;
      keep_newest(sets, "whole, and newer ones of this content are not");
    }
  }

  // The last good version may be damaged in every copy: then a rollback tries the next.
  void keep_a_target(const Catalog& catalog, const KnownGood& good) {
    if (keeping_.keeps_all(keeping_.sets())) return;
    for (const std::string& digest : good.stored) {
      if (keep_newest(catalog.with_digest(digest), "last good that is whole")) return;
    }
    Entries sets = keeping_.sets();
    std::erase_if(sets, [](const CatalogEntry* set) { return holds_nothing(*set); });
    keep_newest(sets, "newest that is whole");
  }

 private:
  bool is_whole(const CatalogEntry& entry) {
    const auto [known, unknown] = known_.emplace(&entry, false);
    if (unknown) known->second = input_.is_whole(entry.ref);
    return known->second;
  }

  // Of those that are whole; one that stays anyway needs no further reason. False: none is whole.
  bool keep_newest(const Entries& sets, const char* reason) {
    const auto whole = std::find_if(sets.begin(), sets.end(),
                                    [&](const CatalogEntry* set) { return is_whole(*set); });
    if (whole == sets.end()) return false;
    if (!keeping_.keeps(**whole)) keeping_.keep(**whole, reason);
    return true;
  }

  Keeping& keeping_;
  const RetentionInput& input_;
  std::map<const CatalogEntry*, bool> known_;
};

}  // namespace

void keep_what_is_whole(Keeping& keeping, const KnownGood& good, const RetentionInput& input) {
  WholeSets whole(keeping, input);
  whole.keep_copies();
  whole.keep_a_target(input.catalog, good);
}

}  // namespace backstep
