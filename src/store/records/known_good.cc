// SPDX-License-Identifier: Apache-2.0
#include "store/records/known_good.h"

#include <fmt/core.h>

#include <set>

namespace backstep {
namespace {

std::set<std::string_view> stored_digests(const Catalog& catalog) {
  std::set<std::string_view> digests;
  for (const CatalogEntry& entry : catalog.entries) {
    const bool readable = entry.state == CatalogEntry::State::kComplete;
    if (readable && entry.ref.shelf != Shelf::kFailed) digests.insert(entry.manifest.digest);
  }
  return digests;
}

}  // namespace

const char* KnownGood::why_last() const {
  return lost.empty() ? "the newest known good"
                      : "an older known good, for no backup holds the newest";
}

std::string KnownGood::loss() const {
  if (lost.empty()) return {};
  return fmt::format("no backup holds the newest known good version ({}) any more; {}",
                     lost.substr(0, 12),
                     last == nullptr ? "nothing else is known good"
                                     : "the newest that is left is " + last->ref.label());
}

KnownGood known_good(const Catalog& catalog, const Verdicts& verdicts) {
  KnownGood good;
  const std::set<std::string_view> digests = stored_digests(catalog);
  bool newest = true;
  for (const std::string& digest : verdicts.good_digests()) {
    if (digests.contains(digest)) {
      good.stored.push_back(digest);
    } else if (newest) {
      good.lost = digest;
    }
    newest = false;
  }
  if (!good.stored.empty()) good.last = catalog.with_digest(good.stored.front()).front();
  return good;
}

}  // namespace backstep
