// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "config/settings.h"

namespace backstep {

// How the lists of lint are read and shown, as config/setting_types.h does for the other kinds of
// value.

// Names of rules; an unknown one is refused, for a rule that stays on would stop the deploy.
struct LintRulesValue {
  static constexpr SettingType kType = SettingType::kRules;
  static std::vector<std::string> read(const RawValue& value);
  static std::string show(const std::vector<std::string>& names);
};

// Texts without a comma and of one line, which a list that comes as a text could not hold.
struct MarkersValue {
  static constexpr SettingType kType = SettingType::kTexts;
  static std::vector<std::string> read(const RawValue& value);
  static std::string show(const std::vector<std::string>& markers);
};

}  // namespace backstep
