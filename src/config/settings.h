// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config.h"

namespace backstep {

// expected() has a word for each, in this order.
enum class SettingType {
  kText,
  kPath,
  kPaths,
  kTexts,
  kCommand,
  kUrl,
  kDuration,
  kCount,
  kExitCodes,
  kSwitch,
  kChoice,
  kRules,
  kRemote
};

// A value as it came: a text of a flag, a variable or the file, or a list of the file.
struct RawValue {
  std::string text;
  std::vector<std::string> list = {};
  bool is_list = false;
};
inline RawValue raw_list(std::vector<std::string> items) {
  return {.text = "", .list = std::move(items), .is_list = true};
}

// One row of the table that drives flags, variables, file, help and `config`.
struct Setting {
  std::string_view name;   // health_retries: the flag is --health-retries
  std::string_view place;  // health_check.retries: where it stands in the file, in its group
  SettingType type;
  std::string_view help;  // one line, without a full stop
  // Throws Error (kUsage) that says what is allowed; the caller puts the origin before it.
  void (*assign)(Config& config, const RawValue& value);
  std::string (*show)(const Config& config);  // as it could be typed again
  RawValue (*raw)(const Config& config);      // what assign() makes the same value of
  std::string_view choices = {};              // all that may be typed, between blanks; "" anything
};

// A setting as `config` shows it.
struct ShownSetting {
  std::string name;
  std::string value;
  std::string origin;  // "default", "flag --deploy", "INPUT_DEPLOY", "backstep.yml:3:9"
};

std::span<const Setting> settings();
// And what only the file says, and the journal after it, of how a URL is asked; and this alone.
std::span<const Setting> settings_in_file();
std::span<const Setting> settings_of_url();
std::string_view key_in_group(const Setting& setting);  // "retries"
// Whether the check of a single service has it, too: the baseline is the run's.
bool is_of_any_check(const Setting& setting);
// The one of these with that key, or null.
const Setting* find_setting_of_check(std::string_view key);
// Judged like the run's; any service's name will do in a URL. Returns how the value is shown.
std::string assign_to_check(HealthCheck& check, const Setting& setting, RawValue value);
const Setting* find_setting(std::string_view name);
std::string default_text(const Setting& setting);
std::string flag_name(const Setting& setting);   // "--health-retries"
std::string upper_name(const Setting& setting);  // "HEALTH_RETRIES": a variable's name after its prefix
// What may stand before that name, from the weakest to the strongest.
inline constexpr std::array<std::string_view, 3> kVariablePrefixes = {"BACKSTEP_", "PLUGIN_", "INPUT_"};
// Empty means unset: in every source, and also when it is nothing but space.
bool is_unset(const RawValue& value);
std::string_view expected(SettingType type);  // "a duration", for messages and help
// All that may be typed, or be an item of a list; nothing: anything.
std::vector<std::string> choices_of(const Setting& setting);

}  // namespace backstep
