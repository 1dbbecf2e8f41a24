// SPDX-License-Identifier: Apache-2.0
#include "cli/verbs.h"

// Its regular expressions overflow the stack on a long value; this picks the hand-written scanner.
#define CXXOPTS_NO_REGEX
#include <fmt/core.h>

#include <algorithm>
#include <cxxopts.hpp>

#include "base/error.h"
#include "base/text.h"
#include "config/settings.h"

namespace backstep {
namespace {

// What a switch holds when it stands alone. No argument can hold a NUL byte, so `--json=x` differs.
const std::string kAlone(1, '\0');

// Of the verb's own or of a setting; of neither it is --help.
struct Flag {
  const VerbOption* own = nullptr;
  const Setting* setting = nullptr;

  bool is_switch() const { return setting == nullptr && (own == nullptr || own->value_name.empty()); }
};

using Flags = std::map<std::string, Flag>;

Flags known_flags(std::span<const VerbOption> own, bool takes_settings) {
  Flags flags = {{"help", {}}, {std::string(kColor.name), {.own = &kColor}}};
  for (const VerbOption& option : own) flags[std::string(option.name)].own = &option;
  if (!takes_settings) return flags;
  for (const Setting& setting : settings()) flags[flag_name(setting).substr(2)].setting = &setting;
  return flags;
}

cxxopts::ParseResult scan(const Flags& flags, const std::vector<std::string>& arguments) {
  cxxopts::Options options("backstep");
  options.allow_unrecognised_options();
  for (const auto& [name, flag] : flags) {
    auto value = cxxopts::value<std::string>();
    if (flag.is_switch()) value->implicit_value(kAlone);
    const char letter = name == "help" ? 'h' : flag.own == nullptr ? '\0' : flag.own->letter;
    options.add_options()(letter == 0 ? name : fmt::format("{},{}", letter, name), "", value);
  }
  std::vector<const char*> argv = {"backstep"};
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  try {
    return options.parse(static_cast<int>(argv.size()), argv.data());
  } catch (const cxxopts::exceptions::missing_argument&) {
    refuse_usage(fmt::format("flag {} needs a value", in_quotes(arguments.back())));
  } catch (const cxxopts::exceptions::exception& error) {
    refuse_usage(error.what());
  }
}

[[noreturn]] void refuse_unknown(std::string_view verb, const Flags& flags, const std::string& argument) {
  const std::string flag = argument.substr(0, argument.find('='));
  std::vector<std::string> names;
  for (const auto& [known, kind] : flags) names.push_back(known);
  // Every short name is near to something: a guess for `-x` would only be noise.
  const size_t dashes = std::min(flag.find_first_not_of('-'), flag.size());
  const std::string name = flag.substr(dashes);
  refuse_usage(fmt::format("unknown flag {} for '{}'{}", in_quotes(flag), verb,
                           name.size() < 3 ? "" : suggestion(name, names, "--")));
}

[[noreturn]] void refuse_word(std::string_view verb, size_t max_words, const std::string& word) {
  const std::string limit = max_words == 0 ? "none" : fmt::format("at most {}", max_words);
  refuse_usage(fmt::format("unexpected word {}: '{}' takes {}; a value that holds spaces needs quotes", in_quotes(word),
                           verb, limit));
}

// `--deploy --health-check x` would quietly deploy with the command '--health-check'.
void refuse_swallowed(const std::string& name, const std::string& value, const std::vector<std::string>& arguments) {
  if (!value.starts_with("--") && value != "-h" && value != "-q" && value != "-v") return;
  const std::string in_one = fmt::format("--{}={}", name, value);
  if (std::ranges::find(arguments, in_one) != arguments.end()) return;
  refuse_usage(fmt::format("flag '--{}' needs a value, but {} follows; write {} if that is the value", name,
                           in_quotes(value), in_quotes(in_one)));
}

void keep(ParsedFlags& parsed, const std::string& name, const Flag& flag, const std::string& value) {
  if (flag.is_switch()) {
    if (value != kAlone) {
      refuse_usage(fmt::format("flag '--{}' takes no value, but got {}", name, in_quotes(value)));
    }
    parsed.switches.insert(name);
    return;
  }
  const bool again = flag.setting != nullptr ? !parsed.settings.emplace(flag.setting->name, value).second
                                             : !flag.own->repeatable && parsed.options.contains(name);
  if (again) refuse_usage(fmt::format("flag '--{}' is given twice", name));
  if (flag.setting == nullptr) parsed.options.emplace(name, value);
}

}  // namespace

ParsedFlags parse_flags(std::string_view verb, std::span<const VerbOption> own, bool takes_settings, size_t max_words,
                        const std::vector<std::string>& arguments) {
  // The library hides which words came behind the `--`, and there a word may begin with a dash.
  const auto end_of_flags = std::ranges::find(arguments, "--");
  const std::vector<std::string> before(arguments.begin(), end_of_flags);
  const Flags flags = known_flags(own, takes_settings);
  const cxxopts::ParseResult result = scan(flags, before);

  ParsedFlags parsed;
  for (const auto& given : result.arguments()) {
    if (given.value() != kAlone) refuse_swallowed(given.key(), given.value(), before);
    keep(parsed, given.key(), flags.at(given.key()), given.value());
  }
  for (const std::string& argument : result.unmatched()) {
    if (argument.size() > 1 && argument.starts_with('-')) refuse_unknown(verb, flags, argument);
    parsed.words.push_back(argument);
  }
  if (end_of_flags != arguments.end()) {
    parsed.words.insert(parsed.words.end(), end_of_flags + 1, arguments.end());
  }
  if (parsed.words.size() > max_words && !parsed.has("help")) {
    refuse_word(verb, max_words, parsed.words[max_words]);
  }
  return parsed;
}

}  // namespace backstep
