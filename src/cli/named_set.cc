// SPDX-License-Identifier: Apache-2.0
#include "cli/named_set.h"

#include "base/error.h"
#include "base/text.h"

namespace backstep {

SetRef named_set(const Catalog& catalog, const std::string& name) {
  const std::optional<SetRef> found = find_by_name(catalog, name);
  if (!found) {
    throw Error(ExitCode::kUsage,
                "there is no backup " + in_quotes(name) + " (see 'backstep list')");
  }
  return *found;
}

Store existing_store(const Session& session) {
  std::optional<Store> store = session.find_store();
  if (!store) {
    throw Error(ExitCode::kUsage,
                "there are no backups in " + in_quotes(session.place().display) + " yet");
  }
  return std::move(*store);
}

}  // namespace backstep
