// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/environment.h"
#include "config/config.h"
#include "config/settings.h"
#include "config/workspace.h"

namespace backstep {

struct LoadedConfig {
  Config config;
  std::vector<ShownSetting> shown;           // every setting, in the table's order
  std::vector<ShownSetting> shown_services;  // what the file says of services and their checks
  std::vector<std::string> warnings;         // said, never fatal
  std::string shared;                        // that a group may write to one of them, and so choose
};

// Flags (setting's name -> text) over INPUT_X over PLUGIN_X over BACKSTEP_X over the overlay of the
// environment (backstep.ENVIRONMENT.yml beside the file) over the file over the default; an empty
// text means unset. Throws Error (kUsage) with the origin, what is allowed and what was probably
// meant; an unknown BACKSTEP_ or a misspelt key is an error too.
struct Settings {
  Workspace workspace;
  LoadedConfig loaded;
};

// The file is `config`, else backstep.yml, from the current directory up to the workspace's root.
Settings load_settings(const std::string& current_directory, const std::map<std::string, std::string>& flags,
                       const Environment& environment);

// What `config` names by the environment alone, "" where it does not.
std::string named_config_file(const Environment& environment);

}  // namespace backstep
