// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "config/file/yaml_file.h"
#include "config/settings.h"

namespace backstep {

inline constexpr const char* kServicesSection = "services";
inline constexpr const char* kEachSection = "each_service";
bool is_service_section(std::string_view key);

// What these two sections of a file say. An entry of `services` outranks `each_service` key by key,
// and a `test` also its `http` and the other way round, for only one of them is asked.
struct GivenChecks {
  ServiceChecks checks;
  std::vector<ShownSetting> shown;  // what was given, in the file's order, `each_service` first
};

// The keys of a check are those of the global one. Throws Error (kUsage) with file, line and column
// for an unknown key, a bad value, and an entry that would check nothing. Whether there is such a
// service is not known here: the generator may yet bring it.
GivenChecks service_checks_in_file(std::string_view file, const YamlNode& root);

}  // namespace backstep
