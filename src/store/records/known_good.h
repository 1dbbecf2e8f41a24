// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "store/records/verdicts.h"
#include "store/sets/catalog.h"

namespace backstep {

// The known good versions that one can go back to. A verdict outlives the sets that it is about:
// retention takes the older ones, and a person may delete any by hand.
struct KnownGood {
  // Digests that a backup or an accepted set holds, the most recently confirmed first.
  std::vector<std::string> stored;
  const CatalogEntry* last = nullptr;  // the newest set of the first of them; null: there is none
  // The most recently confirmed digest, if no set holds it. Retention never takes it, so somebody
  // did. "": it is stored, or nothing was ever good.
  std::string lost;

  // Why a rollback goes to `last`.
  const char* why_last() const;
  // One line about what is lost and what is left; "" when nothing is lost.
  std::string loss() const;
};

// Points into `catalog`.
KnownGood known_good(const Catalog& catalog, const Verdicts& verdicts);

}  // namespace backstep
