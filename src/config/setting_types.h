// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "config/config.h"
#include "config/settings.h"

namespace backstep {

// How each kind of value is read and shown; the rows of the settings table name one of these. Every
// read() throws Error (kUsage) that says what is allowed, without naming the setting: the caller
// knows where the value came from. show() gives what read() takes back; where a text loses
// something, as the items of a list that hold a comma, raw() gives it whole.

struct TextValue {
  static constexpr SettingType kType = SettingType::kText;
  static std::string read(const RawValue& value);
  static std::string show(const std::string& text) { return text; }
};

// Relative to the settings' directory; may begin with `../`, as far as the workspace reaches, which
// config/workspace.h sees to. `./a//b/` comes out as `a/b`.
struct PathValue {
  static constexpr SettingType kType = SettingType::kPath;
  static std::string read(const RawValue& value);
  static std::string show(const std::string& path) { return path; }
};

// As PathValue, but may be absolute.
struct AnyPathValue : PathValue {
  static std::string read(const RawValue& value);
};

// The name of a file in each service, or its path there.
struct EntrypointValue : PathValue {
  static std::string read(const RawValue& value);
};

// The items of a list that came as a text: platforms join by commas (Woodpecker) or give lines
// (GitHub).
std::vector<std::string> listed_items(std::string_view text);

// A text is separated by commas and newlines; the items of a list are taken whole.
struct ListValue {
  static std::string show(const std::vector<std::string>& items);
  static RawValue raw(const std::vector<std::string>& items) { return raw_list(items); }
};

struct PathsValue : ListValue {
  static constexpr SettingType kType = SettingType::kPaths;
  static std::vector<std::string> read(const RawValue& value);
};

// Of any words.
struct TextsValue : ListValue {
  static constexpr SettingType kType = SettingType::kTexts;
  static std::vector<std::string> read(const RawValue& value);
};

// Names of rules; an unknown one is refused, for a rule that stays on would stop the deploy.
struct LintRulesValue : ListValue {
  static constexpr SettingType kType = SettingType::kRules;
  static std::vector<std::string> read(const RawValue& value);
};

struct CommandValue {
  static constexpr SettingType kType = SettingType::kCommand;
  static Command read(const RawValue& value);
  static std::string show(const Command& command) { return command.as_text(); }
  static RawValue raw(const Command& command);
};

// As CommandValue, and Compose's forms of a list: CMD, CMD-SHELL and NONE (no check).
struct CheckValue : CommandValue {
  static Command read(const RawValue& value);
  static RawValue raw(const Command& command);
};

// Kept as it was written: the host's variable is expanded where it is asked.
struct UrlValue {
  static constexpr SettingType kType = SettingType::kUrl;
  static std::string read(const RawValue& value);
  static std::string show(const std::string& url) { return url; }
};

struct DurationValue {
  static constexpr SettingType kType = SettingType::kDuration;
  static Duration read(const RawValue& value);
  static std::string show(Duration duration) { return format_duration(duration); }
};

// A duration for which zero would mean that nothing can ever succeed.
struct PositiveDurationValue : DurationValue {
  static Duration read(const RawValue& value);
};

struct CountValue {
  static constexpr SettingType kType = SettingType::kCount;
  static int read(const RawValue& value);
  static std::string show(int count) { return std::to_string(count); }
};

struct PositiveCountValue : CountValue {
  static int read(const RawValue& value);
};

// From 1 to 255, sorted, each once; a text is separated by commas and newlines.
struct ExitCodesValue {
  static constexpr SettingType kType = SettingType::kExitCodes;
  static std::vector<int> read(const RawValue& value);
  static std::string show(const std::vector<int>& codes);
};

struct SwitchValue {
  static constexpr SettingType kType = SettingType::kSwitch;
  static constexpr std::string_view kChoices = "true false";
  static bool read(const RawValue& value);
  static std::string show(bool on) { return on ? "true" : "false"; }
};

// Which of the words it is, counted from 0.
size_t place_of_choice(const RawValue& value, std::string_view choices);

// One of an enumeration's values, whose words stand in its order in `choices`, between blanks.
template <typename Choice, const std::string_view& choices>
struct ChoiceValue {
  static constexpr SettingType kType = SettingType::kChoice;
  static constexpr std::string_view kChoices = choices;
  static Choice read(const RawValue& value) {
    return static_cast<Choice>(place_of_choice(value, choices));
  }
  static std::string show(Choice choice) {
    return split(choices, ' ').at(static_cast<size_t>(choice));
  }
};

inline constexpr std::string_view kShellNames = "sh bash";
inline constexpr std::string_view kTargets = "auto previous last-good";
inline constexpr std::string_view kScopes = "all failed";
inline constexpr std::string_view kOnFailures = "rollback warn";
using ShellValue = ChoiceValue<Shell, kShellNames>;
using TargetValue = ChoiceValue<RollbackTarget, kTargets>;
using ScopeValue = ChoiceValue<RollbackScope, kScopes>;
using OnFailureValue = ChoiceValue<OnFailure, kOnFailures>;

}  // namespace backstep
