// SPDX-License-Identifier: Apache-2.0
#include "store/retention/keeping.h"

#include <algorithm>
#include <map>

namespace backstep {
namespace {

using State = CatalogEntry::State;

bool is_counted(const CatalogEntry& entry) {
  return entry.state == State::kComplete || entry.state == State::kUnverified;
}

}  // namespace

bool is_evidence(const CatalogEntry& entry) {
  return entry.ref.shelf == Shelf::kFailed;
}

std::string content_of(const CatalogEntry& entry) {
  return entry.state == State::kComplete ? entry.manifest.digest : entry.ref.label();
}

bool holds_nothing(const CatalogEntry& entry) {
  return entry.state == State::kComplete && entry.manifest.digest == set_digest({});
}

Keeping::Keeping(const Catalog& catalog) : catalog_(catalog) {
  for (const CatalogEntry& entry : catalog.entries) {
    decisions_.push_back({entry.ref, false, {}});
    if (!is_counted(entry)) continue;
    (is_evidence(entry) ? evidence_ : sets_).push_back(&entry);
  }
  std::ranges::reverse(sets_);
  std::ranges::reverse(evidence_);
}

RetentionDecision& Keeping::decision_on(const CatalogEntry& entry) {
  return decisions_[static_cast<size_t>(&entry - catalog_.entries.data())];
}

void Keeping::keep(const CatalogEntry& entry, std::string reason) {
  RetentionDecision& decision = decision_on(entry);
  decision.keep = true;
  decision.reasons.push_back(std::move(reason));
}

bool Keeping::keeps(const CatalogEntry& entry) const {
  return decisions_[static_cast<size_t>(&entry - catalog_.entries.data())].keep;
}

bool Keeping::keeps_all(const Entries& entries) const {
  return std::ranges::all_of(entries, [&](const CatalogEntry* entry) { return keeps(*entry); });
}

void Keeping::explain(const Entries& entries) {
  std::map<std::string, std::string> kept;  // content: the newest set that keeps it
  for (const CatalogEntry* entry : entries) {
    if (keeps(*entry)) kept.emplace(content_of(*entry), entry->ref.label());
  }
  for (const CatalogEntry* entry : entries) {
    if (keeps(*entry)) continue;
    const auto same = kept.find(content_of(*entry));
    decision_on(*entry).reasons.push_back(same == kept.end() ? "no rule keeps it"
                                                             : "same content as " + same->second);
  }
}

std::vector<RetentionDecision> Keeping::decide() && {
  explain(sets_);
  explain(evidence_);
  return std::move(decisions_);
}

}  // namespace backstep
