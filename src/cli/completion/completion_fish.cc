// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/text.h"
#include "cli/completion/completion_values.h"

namespace backstep {
namespace {

using Kind = Completable::Kind;

// A word that follows a flag with a value counts as its value, as the program reads it.
constexpr std::string_view kFishFunctions = R"fish(
function __backstep_words # what stands alone before the cursor: the verb and its words
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
        else if contains -- $word $__backstep_valued
            set skip 1
        else if not string match -q -- '-*' $word
            echo $word
        end
    end
end

function __backstep_verb # VERB…: one of them is called
    set -l words (__backstep_words)
    contains -- "$words[1]" $argv
end

function __backstep_at # VERB POSITION: this word of that verb comes next
    set -l words (__backstep_words)
    test "$words[1]" = $argv[1]; and test (count $words) -eq $argv[2]
end

function __backstep_ids
    set -l words (commandline -opc)
    $words[1] completion ids 2>/dev/null
end

complete -c backstep -f
)fish";

std::string fish_quoted(std::string_view text) {
  return "'" + replaced(replaced(std::string(text), "\\", "\\\\"), "'", "\\'") + "'";
}

// What may come there, as arguments of `complete`.
std::string fish_offer(const Completable& value, bool after_flag) {
  const char* required = after_flag ? "-x " : "";
  switch (value.kind) {
    case Kind::kChoices:
      return fmt::format("{}-a {}", required, fish_quoted(value.choices));
    case Kind::kSets:
      return fmt::format("{}-a '(__backstep_ids)'", required);
    case Kind::kFiles:
      return after_flag ? "-r -F" : "-F";
    case Kind::kDirectories:
      return fmt::format("{}-a '(__fish_complete_directories)'", required);
    case Kind::kVerbs:
      return fmt::format("{}-a \"$__backstep_verbs settings outputs rules\"", required);
    case Kind::kNothing:
      break;
  }
  return after_flag ? "-x" : "";
}

std::string fish_flag(const std::string& condition, const CompletedFlag& flag) {
  const std::string value = flag.takes_value ? " " + fish_offer(flag.value, true) : "";
  return fmt::format("complete -c backstep -n {} -l {}{} -d {}\n", fish_quoted(condition),
                     flag.flag.substr(2), value, fish_quoted(flag.help));
}

std::string fish_flags() {
  std::string with_settings;
  std::string text;
  for (const Verb& verb : verbs()) {
    if (verb.takes_settings) with_settings += fmt::format(" {}", verb.name);
    for (const CompletedFlag& flag : completed_flags(verb)) {
      text += fish_flag(fmt::format("__backstep_verb {}", verb.name), flag);
    }
  }
  for (const CompletedFlag& flag : completed_settings()) {
    text += fish_flag("__backstep_verb" + with_settings, flag);
  }
  return text;
}

std::string fish_words() {
  std::string text;
  for (const Verb& verb : verbs()) {
    text +=
        fmt::format("complete -c backstep -n 'test (count (__backstep_words)) -eq 0' -a {} -d {}\n",
                    verb.name, fish_quoted(verb.summary));
    const std::vector<Completable> words = completed_words(verb);
    for (size_t i = 0; i < words.size(); ++i) {
      const std::string arguments = fish_offer(words[i], false);
      if (arguments.empty()) continue;
      const bool goes_on = i + 1 == words.size() && verb.max_words > words.size();
      const std::string condition = goes_on ? fmt::format("__backstep_verb {}", verb.name)
                                            : fmt::format("__backstep_at {} {}", verb.name, i + 1);
      text += fmt::format("complete -c backstep -n '{}' {}\n", condition, arguments);
    }
  }
  return text;
}

std::string fish_lists() {
  std::string names;
  std::string valued;
  for (const CompletedFlag& flag : completed_settings()) valued += " " + flag.flag;
  for (const Verb& verb : verbs()) {
    names += fmt::format(" {}", verb.name);
    for (const CompletedFlag& flag : completed_flags(verb)) {
      if (flag.takes_value) valued += " " + flag.flag;
    }
  }
  return fmt::format("set -g __backstep_verbs{}\nset -g __backstep_valued{}\n", names, valued);
}

}  // namespace

std::string fish_completion() {
  return "# backstep in fish; made by 'backstep completion fish'\n" + fish_lists() +
         std::string(kFishFunctions) + fish_words() + fish_flags();
}

}  // namespace backstep
