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

// The settings of a file's bytes, in the file's order, each by its own name or in its group. Empty
// ones count as unset and are left out. Throws Error (kUsage) with file, line and column for an
// unknown key, a map where a value is due, and a setting that is given twice.
// `services` and `each_service` are passed over: config/service_values.h reads them.
std::vector<GivenValue> values_in_file(std::string_view file, const YamlNode& root);
std::vector<GivenValue> values_in_file(std::string_view file, std::string_view bytes);

// "backstep.yml:3:9", and an Error (kUsage) that begins with it.
std::string place_in_file(std::string_view file, int line, int column);
[[noreturn]] void refuse_in_file(std::string_view file, int line, int column, std::string_view why);

// What stands in a file for a setting, which is called `name` there.
RawValue raw_value(std::string_view file, std::string_view name, SettingType type,
                   const YamlNode& node);

// " (did you mean 'X'?)", or "" when no candidate is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace backstep
