// SPDX-License-Identifier: Apache-2.0
#include "cli/named_set.h"

#include "base/error.h"
#include "base/text.h"
#include "store/verdicts.h"

namespace backstep {

Store existing_store(const Session& session) {
  std::optional<Store> store = session.find_store();
  if (!store) {
    throw Error(ExitCode::kUsage,
                "there are no backups in " + in_quotes(session.place().display) + " yet");
  }
  return std::move(*store);
}

SetRef chosen_set(const Store& store, const Catalog& catalog, const std::string& name) {
  if (name != "last-good") return named_set(catalog, name);
  for (const std::string& digest : Verdicts::load(store).good_digests()) {
    const std::vector<const CatalogEntry*> sets = catalog.with_digest(digest);
    if (!sets.empty()) return sets.front()->ref;
  }
  throw Error(ExitCode::kUsage, "nothing is known good yet: name an ID of 'backstep list'");
}

}  // namespace backstep
