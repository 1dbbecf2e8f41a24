// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

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
// `services` and `each_service` are passed over: config/service_values.h reads them.
std::vector<GivenValue> values_in_file(std::string_view file, const YamlNode& root);

// What stands in a file for a setting, which is called `name` there.
RawValue raw_value(std::string_view file, std::string_view name, SettingType type,
                   const YamlNode& node);

}  // namespace backstep
