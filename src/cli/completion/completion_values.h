// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/flags.h"
#include "cli/verbs.h"
#include "config/settings.h"

namespace backstep {

// What a shell may offer at one place of the command line.
struct Completable {
  enum class Kind { kNothing, kChoices, kSets, kFiles, kDirectories, kVerbs };
  Kind kind = Kind::kNothing;
  std::string choices;  // of kChoices, between blanks
  std::string name;     // for people: "ID", "a duration"
};

// A flag of a verb or a setting.
struct CompletedFlag {
  std::string flag;  // "--health-retries"
  std::string help;
  bool takes_value = false;
  Completable value;
};

// By the tables alone, so that a new verb, flag or setting is completed without more ado.
std::vector<CompletedFlag> completed_flags(const Verb& verb);  // its own, and --help
std::vector<CompletedFlag> completed_settings();
// What stands alone behind the verb, by position; the last of verify's goes on for ever.
std::vector<Completable> completed_words(const Verb& verb);

// The scripts: `completion bash` and so on.
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace backstep
