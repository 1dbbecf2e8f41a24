// SPDX-License-Identifier: Apache-2.0
#include "cli/completion/completion_values.h"

#include "base/text.h"

namespace backstep {
namespace {

using Kind = Completable::Kind;

// "ID", "FILE|-", "good|bad" and so on, as usage lines have them.
Completable completed_by_name(const std::string& name) {
  if (name == "ID") return {Kind::kSets, "", name};
  if (name.starts_with("FILE")) return {Kind::kFiles, "", "FILE"};
  if (name == "DIR") return {Kind::kDirectories, "", name};
  if (name == "VERB") return {Kind::kVerbs, "", name};
  const bool spelt_out = name.find('|') != std::string::npos && lower_case(name) == name;
  if (spelt_out) return {Kind::kChoices, replaced(name, "|", " "), name};
  return {Kind::kNothing, "", name};
}

Completable completed_value(const Setting& setting) {
  const std::string name(expected(setting.type));
  if (!setting.choices.empty()) return {Kind::kChoices, std::string(setting.choices), name};
  switch (setting.type) {
    case SettingType::kPath:
    case SettingType::kPaths:
      return {setting.name.ends_with("_dir") ? Kind::kDirectories : Kind::kFiles, "", name};
    case SettingType::kCommand:  // most often a script beside the settings
      return {Kind::kFiles, "", name};
    default:
      return {Kind::kNothing, "", name};
  }
}

}  // namespace

std::vector<CompletedFlag> completed_flags(const Verb& verb) {
  std::vector<CompletedFlag> flags;
  for (const VerbOption& option : verb.options) {
    Completable value = completed_by_name(std::string(option.value_name));
    if (!option.choices.empty()) value = {Kind::kChoices, std::string(option.choices), value.name};
    flags.push_back({"--" + std::string(option.name), std::string(option.help),
                     !option.value_name.empty(), std::move(value)});
  }
  flags.push_back({"--help", "what this verb does", false, {}});
  return flags;
}

std::vector<CompletedFlag> completed_settings() {
  std::vector<CompletedFlag> flags;
  for (const Setting& setting : settings()) {
    flags.push_back(
        {flag_name(setting), std::string(setting.help), true, completed_value(setting)});
  }
  return flags;
}

std::vector<Completable> completed_words(const Verb& verb) {
  std::vector<Completable> words;
  for (std::string word : split(verb.words, ' ')) {
    word = replaced(replaced(word, "[", ""), "]", "");
    if (word.empty() || word == "...") continue;
    words.push_back(completed_by_name(word));
  }
  return words;
}

}  // namespace backstep
