// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/environment.h"
#include "config/config.h"
#include "config/settings.h"
#include "system/directory.h"

namespace backstep {

struct LoadedConfig {
  Config config;
  std::vector<ShownSetting> shown;           // every setting, in the table's order
  std::vector<ShownSetting> shown_services;  // what the file says of services and their checks
  std::vector<std::string> warnings;         // said, never fatal
};

// Flags (setting's name -> text) over INPUT_X over PLUGIN_X over BACKSTEP_X over the file over the
// default; an empty text means unset. The file is `config`, else backstep.yml when it exists,
// beneath `directory`. Throws Error (kUsage) with the origin, what is allowed and what was probably
// meant; an unknown BACKSTEP_ or a misspelt key is an error too, for a setting that silently does
// not hold is found out at the worst moment.
LoadedConfig load_config(const Directory& directory,
                         const std::map<std::string, std::string>& flags,
                         const Environment& environment);

// The name of that file by the environment alone, whether it is there or not.
std::string config_file_name(const Environment& environment);

}  // namespace backstep
