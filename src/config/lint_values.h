// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"

namespace backstep {

// How the list of lint is read and shown, as config/setting_types.h does for the other kinds of
// value.

// Names of rules; an unknown one is refused, for a rule that stays on would stop the deploy.
struct LintRulesValue {
  static constexpr SettingType kType = SettingType::kRules;
  static std::vector<std::string> read(const RawValue& value);
  static std::string show(const std::vector<std::string>& names);
  static RawValue raw(const std::vector<std::string>& names) { return raw_list(names); }
};

}  // namespace backstep
