// SPDX-License-Identifier: Apache-2.0
#include "store/records/verdicts.h"

#include <fmt/core.h>

namespace backstep {

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
  const std::vector<std::string> digests = verdicts.good_digests();
  for (const std::string& digest : digests) {
    const std::vector<const CatalogEntry*> sets = catalog.with_digest(digest);
    if (sets.empty()) continue;
    if (good.last == nullptr) good.last = sets.front();
    good.stored.push_back(digest);
  }
  if (!digests.empty() && (good.last == nullptr || good.stored.front() != digests.front())) {
    good.lost = digests.front();
  }
  return good;
}

}  // namespace backstep
