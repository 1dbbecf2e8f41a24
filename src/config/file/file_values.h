// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "config/file/yaml_file.h"
#include "config/settings.h"

namespace backstep {

// One setting as one source gave it.
struct GivenValue {
  const Setting* setting = nullptr;
  RawValue value;
  std::string origin;   // "backstep.yml:3:9", "INPUT_DEPLOY", "flag --deploy"
  std::string context;  // what an error begins with: the origin and, for a file, the name
};

// The settings of a file, in the file's order, each by its own name or in its group. Empty
// ones count as unset and are left out. Throws Error (kUsage) with file, line and column for an
// unknown key, a map where a value is due, and a setting that is given twice.
// `services` and `each_service` are passed over.
std::vector<GivenValue> values_in_file(std::string_view file, const YamlNode& root);

// What stands in a file for a setting, which is called `name` there.
RawValue raw_value(std::string_view file, std::string_view name, SettingType type,
                   const YamlNode& node);

inline constexpr const char* kServicesSection = "services";
inline constexpr const char* kEachSection = "each_service";
bool is_service_section(std::string_view key);

// What `each_service` and `services` say, which service_values.cc reads. An entry of `services`
// outranks `each_service` key by key, and a `test` also its `http` and the other way round, for
// only one of them is asked.
struct GivenChecks {
  ServiceChecks checks;
  std::vector<ShownSetting> shown;  // what was given, in the file's order, `each_service` first
};

// The keys of a check are those of the global one. Throws Error (kUsage) with file, line and column
// for an unknown key, a bad value, and an entry that would check nothing. Whether there is such a
// service is not known here: the generator may yet bring it.
GivenChecks service_checks_in_file(std::string_view file, const YamlNode& root);

}  // namespace backstep
