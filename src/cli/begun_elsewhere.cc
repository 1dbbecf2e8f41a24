// SPDX-License-Identifier: Apache-2.0
#include "cli/begun_elsewhere.h"

#include <unistd.h>

#include "base/error.h"
#include "config/load.h"
#include "deploy/journal.h"

namespace backstep {
namespace {

// Where that cannot be told, the verb itself will say why.
bool is_open_here(const Invocation& invocation) {
  try {
    const Settings settings = load_settings(invocation.current_directory, invocation.flags.settings,
                                            invocation.environment);
    const std::optional<Store> store = Store::open_existing(
        settings.workspace, store_place(settings.workspace, settings.loaded.config));
    return store && load_journal(*store).has_value();
  } catch (const Error&) {
    return true;
  }
}

}  // namespace

Invocation where_it_began(const Invocation& invocation) {
  const std::string directory = invocation.environment.get("BACKSTEP_BEGUN_IN");
  // A container has paths of its own.
  if (directory.empty() || access(directory.c_str(), R_OK | X_OK) != 0) return invocation;
  if (is_open_here(invocation)) return invocation;
  Invocation there = invocation;
  there.current_directory = directory;
  const std::string file = invocation.environment.get("BACKSTEP_BEGUN_SETTINGS");
  if (!file.empty()) there.flags.settings.emplace("config", file);
  return there;
}

}  // namespace backstep
