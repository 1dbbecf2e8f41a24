// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/retention/retention.h"
#include "store/sets/catalog.h"

namespace backstep {

using Entries = std::vector<const CatalogEntry*>;

bool is_evidence(const CatalogEntry& entry);
// What counts count: the digest. Nobody knows what a set without a manifest holds, so it is a
// content of its own.
std::string content_of(const CatalogEntry& entry);
bool holds_nothing(const CatalogEntry& entry);

// The sets of a catalog while the rules of a retention go over them: each may give a set a reason
// to stay. Points into the catalog.
class Keeping {
 public:
  explicit Keeping(const Catalog& catalog);

  // What rules look at, newest first: what can be read.
  const Entries& sets() const { return sets_; }  // backups and accepted sets
  const Entries& evidence() const { return evidence_; }

  void keep(const CatalogEntry& entry, std::string reason);
  bool keeps(const CatalogEntry& entry) const;
  bool keeps_all(const Entries& entries) const;
  // Ends it: what no rule kept is told why it goes.
  std::vector<RetentionDecision> decide() &&;

 private:
  RetentionDecision& decision_on(const CatalogEntry& entry);
  void explain(const Entries& entries);

  const Catalog& catalog_;
  Entries sets_;
  Entries evidence_;
  std::vector<RetentionDecision> decisions_;  // beside the catalog's entries
};

}  // namespace backstep
