// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/text.h"
#include "config/config.h"
#include "config/settings.h"

namespace backstep {

// How each kind of value is read, of a single word or of whatever came. Each throws Error (kUsage)
// that says what is allowed; the caller knows where the value came from.

std::string read_text(std::string_view word);
// Relative to the settings' directory; may begin with `../`, as far as the workspace reaches, which
// config/workspace.h sees to. `./a//b/` comes out as `a/b`.
std::string read_path(std::string_view word);
std::string read_any_path(std::string_view word);  // may be absolute, too
// The name of a file in each service, or its path there.
std::string read_entrypoint(std::string_view word);
// Kept as it was written: the host's variable is expanded where it is asked.
std::string read_url(std::string_view word);

// A text is separated by commas and newlines; the items of a list are taken whole. An absolute path
// is of the workspace, as config/workspace.h resolves it.
std::vector<std::string> read_paths(const RawValue& value);
std::vector<std::string> read_reports(const RawValue& value);
std::vector<std::string> read_texts(const RawValue& value);  // of any words
std::vector<std::string> read_headers(const RawValue& value);
std::vector<std::string> read_statuses(const RawValue& value);  // from 100 to 599, or ranges
// Names of rules; an unknown one is refused, for a rule that stays on would stop the deploy.
std::vector<std::string> read_lint_rules(const RawValue& value);
std::vector<int> read_exit_codes(const RawValue& value);  // from 1 to 255, sorted, each once

// The items of a list that came as a text: with commas (Woodpecker) or in lines (GitHub).
std::vector<std::string> listed_items(std::string_view text);

// "git", or an object of JSON with the keys of RemoteSettings, as which a map of the file comes.
RemoteSettings read_remote(std::string_view word);

Command read_command(const RawValue& value);
// As a command, and Compose's forms of a list: CMD, CMD-SHELL and NONE (no check).
Command read_check(const RawValue& value);

// One for which zero would mean that nothing can ever succeed.
Duration read_positive_duration(std::string_view word);
// A leading zero is refused: some would read the number as octal.
int read_number(std::string_view word, int least, int most = 100'000);
template <int least>
int read_count(std::string_view word) {
  return read_number(word, least);
}
bool read_switch(std::string_view word);

// How a value is shown, so that it could be typed again.
template <typename Plain>  // a text, a number or a switch
std::string shown_value(const Plain& plain) {
  return fmt::format("{}", plain);
}
inline std::string shown_value(const Command& command) { return command.as_text(); }
inline std::string shown_value(Duration duration) { return format_duration(duration); }
inline std::string shown_value(const RemoteSettings& remote) { return remote.text; }
template <typename Item>
std::string shown_value(const std::vector<Item>& items) {
  return fmt::format("{}", fmt::join(items, ","));
}

// What is no list, without the space around it: an accident of `|` blocks and copied lines.
std::string_view word_of(const RawValue& value, SettingType type);

template <SettingType type, auto reader>
auto read_by(const RawValue& value) {
  if constexpr (std::is_invocable_v<decltype(reader), std::string_view>) {
    return reader(word_of(value, type));
  } else {
    return reader(value);
  }
}

// A kind of value; the rows of the settings table name one of those below. Where a text loses
// something, as the items of a list that hold a comma, raw() gives it whole.
template <SettingType type, auto reader>
struct ValueOf {
  static constexpr SettingType kType = type;
  static constexpr std::string_view kChoices = {};
  using Member = decltype(read_by<type, reader>(RawValue()));
  static Member read(const RawValue& value) { return read_by<type, reader>(value); }
  static std::string show(const Member& member) { return shown_value(member); }
  static RawValue raw(const Member& member) {
    if constexpr (std::is_same_v<Member, std::vector<std::string>>) return raw_list(member);
    return {.text = show(member)};
  }
};

using TextValue = ValueOf<SettingType::kText, read_text>;
using PathValue = ValueOf<SettingType::kPath, read_path>;
using AnyPathValue = ValueOf<SettingType::kPath, read_any_path>;
using EntrypointValue = ValueOf<SettingType::kPath, read_entrypoint>;
using UrlValue = ValueOf<SettingType::kUrl, read_url>;
using PathsValue = ValueOf<SettingType::kPaths, read_paths>;
using ReportsValue = ValueOf<SettingType::kPaths, read_reports>;
using TextsValue = ValueOf<SettingType::kTexts, read_texts>;
using HeadersValue = ValueOf<SettingType::kTexts, read_headers>;
using StatusValue = ValueOf<SettingType::kTexts, read_statuses>;
using LintRulesValue = ValueOf<SettingType::kRules, read_lint_rules>;
using ExitCodesValue = ValueOf<SettingType::kExitCodes, read_exit_codes>;
using RemoteValue = ValueOf<SettingType::kRemote, read_remote>;
using DurationValue = ValueOf<SettingType::kDuration, parse_duration>;
using PositiveDurationValue = ValueOf<SettingType::kDuration, read_positive_duration>;
using CountValue = ValueOf<SettingType::kCount, read_count<0>>;
using PositiveCountValue = ValueOf<SettingType::kCount, read_count<1>>;

struct CommandValue : ValueOf<SettingType::kCommand, read_command> {
  static RawValue raw(const Command& command);
};

struct CheckValue : ValueOf<SettingType::kCommand, read_check> {
  static RawValue raw(const Command& command);
};

struct SwitchValue : ValueOf<SettingType::kSwitch, read_switch> {
  static constexpr std::string_view kChoices = "true false";
};

// Which of the words it is, counted from 0.
size_t place_of_choice(const RawValue& value, std::string_view choices);

// One of an enumeration's values, whose words stand in its order in `choices`, between blanks.
template <typename Choice, const std::string_view& choices>
struct ChoiceValue {
  static constexpr SettingType kType = SettingType::kChoice;
  static constexpr std::string_view kChoices = choices;
  static Choice read(const RawValue& value) { return static_cast<Choice>(place_of_choice(value, choices)); }
  static std::string show(Choice choice) { return split(choices, ' ').at(static_cast<size_t>(choice)); }
  static RawValue raw(Choice choice) { return {.text = show(choice)}; }
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
