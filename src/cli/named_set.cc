// SPDX-License-Identifier: Apache-2.0
#include "cli/named_set.h"

#include "base/error.h"
#include "base/text.h"

namespace backstep {

Store existing_store(const Session& session) {
  std::optional<Store> store = session.find_store();
  if (!store) {
    throw Error(ExitCode::kUsage,
                "there are no backups in " + in_quotes(session.place().display) + " yet");
  }
  return std::move(*store);
}

}  // namespace backstep
