// SPDX-License-Identifier: Apache-2.0
#include "fuzz/fuzz.h"
#include "fuzz/sealed.h"
#include "store/catalog_cache.h"

namespace backstep::fuzz {

// A cache that is not ours is an empty one; what is in one that is ours and is met no more goes.
void try_input(std::string_view bytes) {
  static const StoreOfBytes scene("catalog");
  static const std::string header = header_of<CatalogCache>(scene);
  static const std::string empty = scene.bytes();
  CatalogCache::load(scene.with(bytes));
  const CatalogCache cache = CatalogCache::load(scene.with(sealed(header, bytes)));
  if (cache.changed()) ++accepted;
  cache.save(scene.store());
  require(scene.bytes() == empty, "nothing is kept that was not met again", scene.bytes());
}

}  // namespace backstep::fuzz
