// SPDX-License-Identifier: Apache-2.0
#include "config/setting_types.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "system/http_url.h"

namespace backstep {
namespace {

// A backup stores an entrypoint as <service>_<entrypoint file>, and a file system takes 255 bytes
// for a name, of which a service has up to 64.
constexpr size_t kLongestFileName = 128;

[[noreturn]] void refuse(const std::string& why) {
  throw Error(ExitCode::kUsage, why);
}

// Surrounding space is an accident of `|` blocks and of copied lines.
std::string_view word_of(const RawValue& value, SettingType type) {
  if (value.is_list) refuse(fmt::format("{} is expected, not a list", expected(type)));
  return trimmed(value.text);
}

std::string normalised_path(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) refuse(in_quotes(path) + " holds a NUL byte");
  std::vector<std::string> kept;
  for (std::string& part : split(path, '/')) {
    if (part == "..") {
      refuse(in_quotes(path) + " leaves the workspace: '..' is not allowed in a path");
    }
    if (!part.empty() && part != ".") kept.push_back(std::move(part));
  }
  if (kept.empty()) refuse(in_quotes(path) + " names no file or directory of its own");
  return (path.starts_with('/') ? "/" : "") + joined(kept, "/");
}

std::string relative_path(std::string_view path) {
  std::string result = normalised_path(path);
  if (result.starts_with('/')) {
    refuse(in_quotes(path) + " leaves the workspace: a relative path is expected");
  }
  return result;
}

int count_from(const RawValue& value, int least) {
  constexpr int kMost = 100'000;
  const std::string_view word = word_of(value, SettingType::kCount);
  if (word.size() > 1 && word.front() == '0' &&
      word.find_first_not_of("0123456789") == std::string_view::npos) {
    refuse(in_quotes(word) + " is ambiguous: write it without the leading zero");
  }
  int count = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (error != std::errc{} || end != word.data() + word.size() || count < least || count > kMost) {
    refuse(fmt::format("{} is not a whole number from {} to {}", in_quotes(word), least, kMost));
  }
  return count;
}

constexpr std::array kTargets = {
    std::pair<std::string_view, RollbackTarget>{"auto", RollbackTarget::kAuto},
    std::pair<std::string_view, RollbackTarget>{"previous", RollbackTarget::kPrevious},
    std::pair<std::string_view, RollbackTarget>{"last-good", RollbackTarget::kLastGood}};

}  // namespace

std::string TextValue::read(const RawValue& value) {
  return std::string(word_of(value, kType));
}

std::string PathValue::read(const RawValue& value) {
  return relative_path(word_of(value, kType));
}

std::string AnyPathValue::read(const RawValue& value) {
  return normalised_path(word_of(value, kType));
}

std::string FileNameValue::read(const RawValue& value) {
  const std::string_view name = word_of(value, kType);
  if (name.empty() || name == "." || name == ".." || name.find('/') != std::string_view::npos) {
    refuse(in_quotes(name) + " is not a plain file name: write it without a directory");
  }
  if (printable(name) != name) {
    refuse(in_quotes(name) + " holds bytes that a file name here may not");
  }
  if (name.size() > kLongestFileName) {
    refuse(fmt::format("{} is longer than {} bytes", in_quotes(name), kLongestFileName));
  }
  return std::string(name);
}

std::vector<std::string> listed_items(std::string_view text) {
  std::vector<std::string> result;
  for (const std::string& line : split(text, '\n')) {
    for (const std::string& item : split(line, ',')) {
      if (!trimmed(item).empty()) result.emplace_back(trimmed(item));
    }
  }
  return result;
}

std::vector<std::string> PathsValue::read(const RawValue& value) {
  std::vector<std::string> result;
  if (value.is_list) {
    for (const std::string& item : value.list) result.push_back(relative_path(trimmed(item)));
    return result;
  }
  for (const std::string& item : listed_items(value.text)) result.push_back(relative_path(item));
  return result;
}

std::string PathsValue::show(const std::vector<std::string>& paths) {
  return joined(paths, ",");
}

Command CommandValue::read(const RawValue& value) {
  if (!value.is_list) return {.text = value.text, .list = {}};
  if (!value.list.empty() && value.list.front().empty()) {
    refuse("the list's first item is the program to run, and it is empty");
  }
  return {.text = "", .list = value.list};
}

Command CheckValue::read(const RawValue& value) {
  const std::string form = value.list.empty() ? "" : value.list.front();
  if (form == "NONE") {
    if (value.list.size() != 1) refuse("[\"NONE\"] switches the check off and stands alone");
    return {};
  }
  if (form == "CMD-SHELL") {
    if (value.list.size() != 2) refuse("[\"CMD-SHELL\", …] takes one text for the shell");
    return {.text = value.list[1], .list = {}};
  }
  if (form != "CMD") return CommandValue::read(value);
  if (value.list.size() == 1) refuse("[\"CMD\", …] names no program");
  RawValue rest = value;
  rest.list.erase(rest.list.begin());
  return CommandValue::read(rest);
}

std::string UrlValue::read(const RawValue& value) {
  const std::string_view word = word_of(value, kType);
  parse_http_url(word);
  return std::string(word);
}

Duration DurationValue::read(const RawValue& value) {
  return parse_duration(word_of(value, kType));
}

Duration PositiveDurationValue::read(const RawValue& value) {
  const Duration duration = DurationValue::read(value);
  if (duration == Duration::zero()) {
    refuse(in_quotes(trimmed(value.text)) + " is too short: it must be longer than 0s");
  }
  return duration;
}

int CountValue::read(const RawValue& value) {
  return count_from(value, 0);
}

int PositiveCountValue::read(const RawValue& value) {
  return count_from(value, 1);
}

bool SwitchValue::read(const RawValue& value) {
  const std::string_view word = word_of(value, kType);
  const std::string low = lower_case(word);
  if (low == "true" || low == "yes" || low == "on" || low == "1") return true;
  if (low == "false" || low == "no" || low == "off" || low == "0") return false;
  refuse(in_quotes(word) + " is neither true nor false");
}

RollbackTarget TargetValue::read(const RawValue& value) {
  const std::string_view word = word_of(value, kType);
  std::vector<std::string> names;
  for (const auto& [name, target] : kTargets) {
    if (name == word) return target;
    names.emplace_back(name);
  }
  const std::string meant = closest_match(word, names);
  refuse(fmt::format("{} is not one of {}{}", in_quotes(word), joined(names, ", "),
                     meant.empty() ? "" : " (did you mean '" + meant + "'?)"));
}

std::string TargetValue::show(RollbackTarget target) {
  const auto* found = std::find_if(kTargets.begin(), kTargets.end(),
                                   [&](const auto& choice) { return choice.second == target; });
  return std::string(found->first);
}

}  // namespace backstep
