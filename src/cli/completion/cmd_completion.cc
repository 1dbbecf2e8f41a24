// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "cli/session.h"
#include "cli/texts.h"
#include "cli/verbs.h"
#include "config/settings.h"
#include "deploy/steps/commands.h"
#include "system/output.h"

namespace backstep {
namespace {

constexpr std::string_view kServices = ":S\n";

std::string lines_of(std::string_view choices) { return replaced(std::string(choices), " ", "\n") + "\n"; }

std::string verb_lines() {
  std::string lines;
  for (const Verb& verb : verbs()) lines += fmt::format("{}\t{}\n", verb.name, verb.summary);
  return lines;
}

// By what usage lines call it: "FILE|-", "good|bad", "ID".
std::string candidates_called(const std::string& name) {
  if (name.empty()) return {};
  if (name.starts_with("FILE")) return ":files\n";
  if (name == "DIR") return ":directories\n";
  if (name == "VERB") return verb_lines() + lines_of("settings outputs rules");
  const bool spelt_out = name.find('|') != std::string::npos && lower_case(name) == name;
  return spelt_out ? lines_of(replaced(name, "|", " ")) : ":" + name + "\n";
}

std::string values_of(const Setting& setting) {
  const std::vector<std::string> choices = choices_of(setting);
  if (!choices.empty()) return joined(choices, "\n") + "\n";
  if (setting.name.ends_with("_dir")) return ":directories\n";
  const auto is = [&](SettingType type) { return setting.type == type; };
  // A command is most often a script beside the settings.
  const bool in_a_file = is(SettingType::kPath) || is(SettingType::kPaths) || is(SettingType::kCommand);
  return in_a_file ? ":files\n" : fmt::format(":{}\n", expected(setting.type));
}

struct OfferedFlag {
  std::string name;
  std::string_view help;
  std::string values;  // "" of a switch
  bool repeatable = false;
};

std::vector<OfferedFlag> flags_of(const Verb& verb) {
  std::vector<OfferedFlag> flags = {{"--help", "what this verb does", ""},
                                    {"--color", kColor.help, lines_of(kColor.choices)}};
  for (const VerbOption& option : verb.options) {
    flags.push_back(
        {fmt::format("--{}", option.name), option.help,
         option.choices.empty() ? candidates_called(std::string(option.value_name)) : lines_of(option.choices),
         option.repeatable});
  }
  if (!verb.takes_settings) return flags;
  for (const Setting& setting : settings()) {
    flags.push_back({flag_name(setting), setting.help, values_of(setting)});
  }
  return flags;
}

// A word that stands alone behind the verb, counted from 0.
std::string candidates_at(const Verb& verb, size_t position) {
  const std::string usage = replaced(replaced(std::string(verb.words), "[", ""), "]", "");
  const std::vector<std::string> names = split(usage, ' ');
  if (names.back() == "...") position = std::min(position, names.size() - 2);
  return position < names.size() ? candidates_called(names[position]) : "";
}

// Reads the words behind a verb as the program itself will.
class TypedWords {
 public:
  explicit TypedWords(const Verb& verb) : verb_(verb), flags_(flags_of(verb)) {}

  void pass(const std::string& word) {
    if (!due_.empty()) return due_.clear();
    if (only_words_ || word == "-" || !word.starts_with('-')) return void(++position_);
    only_words_ = word == "--";
    const size_t equals = word.find('=');
    const auto flag = find(word.substr(0, equals));
    if (flag == flags_.end()) return;
    if (equals == std::string::npos) due_ = flag->values;
    if (!flag->repeatable) flags_.erase(flag);
  }

  std::string candidates_for(const std::string& word) {
    if (!due_.empty()) return due_;
    if (only_words_ || !word.starts_with('-')) return candidates_at(verb_, position_);
    const size_t equals = word.find('=');
    std::string lines;
    for (const OfferedFlag& flag : flags_) lines += fmt::format("{}\t{}\n", flag.name, flag.help);
    if (equals == std::string::npos) return lines;
    const auto flag = find(word.substr(0, equals));
    return flag == flags_.end() ? "" : flag->values;
  }

 private:
  std::vector<OfferedFlag>::iterator find(const std::string& name) {
    return std::ranges::find(flags_, name, &OfferedFlag::name);
  }

  const Verb& verb_;
  std::vector<OfferedFlag> flags_;  // that may still be given
  std::string due_;                 // what may be the value of the flag just before
  bool only_words_ = false;         // behind `--`
  size_t position_ = 0;
};

std::string script_for(const std::string& shell) {
  if (shell == "bash") return kBashCompletion;
  if (shell == "zsh") return kZshCompletion;
  if (shell == "fish") return kFishCompletion;
  refuse_usage(shell.empty() ? "for which shell? 'backstep completion bash', zsh or fish"
                             : "there is no completion for " + in_quotes(shell) + ": bash, zsh and fish have one");
}

// What only the directory at hand knows. Between two keys nobody wants to read an error.
std::string names_here(const Invocation& invocation, const std::string& asked) {
  try {
    const Session session(invocation, Session::Stdout::kVerbsOwn);
    std::string names;
    if (asked == kServices) {
      for (const std::string& service : services_here(session.tree())) names += service + "\n";
      return names;
    }
    for (const StorePlace& place : session.places()) {
      const std::optional<Store> store = session.find_store(place);
      if (!store) continue;
      // By names alone: no manifest is read.
      for (const SetRef& ref : store->list_sets()) names += ref.label() + "\n";
    }
    return names.empty() ? names : names + "latest\nlast-good\n";
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

std::string candidates(const std::vector<std::string>& words) {
  if (words.size() < 2) return verb_lines();
  const Verb* verb = find_verb(words.front());
  if (verb == nullptr) return {};
  TypedWords typed(*verb);
  for (size_t i = 1; i + 1 < words.size(); ++i) typed.pass(words[i]);
  return typed.candidates_for(words.back());
}

int cmd_completion(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  const std::string first = words.empty() ? "" : words.front();
  const bool asked = first == "words";  // by the scripts, at each completion key
  if (words.size() > 1 && !asked) refuse_usage("unexpected word " + in_quotes(words[1]));
  std::string answer = asked ? candidates({words.begin() + 1, words.end()}) : script_for(first);
  if (answer == ":ID\n" || answer == kServices) answer = names_here(invocation, answer);
  Output(STDOUT_FILENO).say_lines(answer);
  return 0;
}

}  // namespace backstep
