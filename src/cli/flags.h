// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backstep {

// A flag of one verb, beside the settings.
struct VerbOption {
  std::string_view name;        // "dry-run", without the dashes
  std::string_view value_name;  // "ID"; "" for a switch, which takes no value
  std::string_view help;        // one line, without a full stop
  bool repeatable = false;
  std::string_view choices = {};  // what is mostly typed as its value, between blanks
};

struct ParsedFlags {
  std::map<std::string, std::string> settings;      // by the setting's name: "health_retries"
  std::set<std::string> switches;                   // "json", "help"
  std::multimap<std::string, std::string> options;  // "to" -> "latest"; repeatable ones in order
  std::vector<std::string> words;                   // what stands alone: an ID

  bool has(std::string_view name) const { return switches.contains(std::string(name)); }
  // The option's value, "" when it was not given.
  std::string option(std::string_view name) const {
    const auto found = options.find(std::string(name));
    return found == options.end() ? std::string() : found->second;
  }
};

// `--name value` and `--name=value`; `--` ends the flags. Values are texts as they came, commas and
// all: the settings table reads them. Throws Error (kUsage), with what was probably meant, for
// whatever is not certain: a deploy must not start on a guess.
// own: the verb's flags, beside `-h` and `--help`, which every verb has; takes_settings: every row
// of the settings table is a flag too.
ParsedFlags parse_flags(std::string_view verb, std::span<const VerbOption> own, bool takes_settings,
                        size_t max_words, const std::vector<std::string>& arguments);

}  // namespace backstep
