// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "config/config.h"
#include "config/file/yaml_file.h"
#include "config/settings.h"

namespace backstep {

// One setting as one source gave it.
struct GivenValue {
  const Setting* setting = nullptr;
  RawValue value;
  std::string origin;    // "backstep.yml:3:9", "INPUT_DEPLOY", "flag --deploy"
  FilePlace place = {};  // of a file's
};

// What a file of settings says.
struct FileValues {
  std::vector<GivenValue> settings;  // in the file's order; empty ones count as unset
  // What `each_service` and `services` say. An entry of `services` outranks `each_service` key by
  // key, and a `test` also its `http` and the other way round, for only one of them is asked.
  ServiceChecks checks;
  std::vector<ShownSetting> shown_checks;  // in the file's order, `each_service` first
};

// Each setting stands there by its own name or in its group; the keys of a service's check are
// those of the global one. Throws Error (kUsage) with file, line and column for an unknown key, a
// map where a value is due, a setting that is given twice, and in the checks for a bad value and
// for an entry that would check nothing. A service that is not there may yet come.
FileValues values_in_file(std::string_view file, const YamlNode& root);

}  // namespace backstep
