// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/text.h"
#include "cli/completion/completion_values.h"

namespace backstep {
namespace {

using Kind = Completable::Kind;

constexpr std::string_view kBashOffer =
    R"bash(# backstep in bash; made by 'backstep completion bash'

_backstep_offer() { # KIND CHOICES
  local id
  case $1 in
    choices) mapfile -t COMPREPLY < <(compgen -W "$2" -- "$cur") ;;
    # Taken as they are: compgen -W would expand what it is given.
    sets) while read -r id; do [[ $id != "$cur"* ]] || COMPREPLY+=("$id"); done \
      < <("$program" completion ids 2>/dev/null) ;;
    files) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    directories) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
  esac
  case $1 in files | directories) compopt -o filenames 2>/dev/null ;; esac
}
)bash";

constexpr std::string_view kBashBegin = R"bash(
_backstep() {
  local program=$1 cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local verb=${COMP_WORDS[1]} flags='' valued=' ' position=1 i
  COMPREPLY=()
  # --flag=value comes as three words.
  if [ "$cur" = = ]; then
    cur=''
  elif [ "$prev" = = ]; then
    prev=${COMP_WORDS[COMP_CWORD - 2]}
  fi
)bash";

constexpr std::string_view kBashEnd = R"bash(  if [ "$COMP_CWORD" -le 1 ]; then
    _backstep_offer choices "$verbs"
  elif [[ $valued == *" $prev "* ]]; then
    _backstep_value "$verb" "$prev"
  elif [[ $cur == -* ]]; then
    _backstep_offer choices "$flags"
  else
    for ((i = 2; i < COMP_CWORD; i++)); do
      if [[ $valued == *" ${COMP_WORDS[i]} "* ]]; then
        i=$((i + 1))
        [ "${COMP_WORDS[i]}" != = ] || i=$((i + 1))
      elif [[ ${COMP_WORDS[i]} != -* ]]; then
        position=$((position + 1))
      fi
    done
    _backstep_word "$verb" "$position"
  fi
}

complete -F _backstep backstep
)bash";

// A line of a case; "" where nothing is offered.
std::string bash_offer(const std::string& pattern, const Completable& value) {
  switch (value.kind) {
    case Kind::kChoices:
      return fmt::format("    {}) _backstep_offer choices '{}' ;;\n", pattern, value.choices);
    case Kind::kSets:
      return fmt::format("    {}) _backstep_offer sets ;;\n", pattern);
    case Kind::kFiles:
      return fmt::format("    {}) _backstep_offer files ;;\n", pattern);
    case Kind::kDirectories:
      return fmt::format("    {}) _backstep_offer directories ;;\n", pattern);
    case Kind::kVerbs:
      return fmt::format("    {}) _backstep_offer choices \"$verbs settings outputs rules\" ;;\n",
                         pattern);
    case Kind::kNothing:
      break;
  }
  return {};
}

std::string bash_values() {
  std::string text = "\n_backstep_value() { # VERB FLAG\n  case \"$1 $2\" in\n";
  for (const Verb& verb : verbs()) {
    for (const CompletedFlag& flag : completed_flags(verb)) {
      text += bash_offer(fmt::format("'{} {}'", verb.name, flag.flag), flag.value);
    }
  }
  for (const CompletedFlag& flag : completed_settings()) {
    text += bash_offer(fmt::format("*' {}'", flag.flag), flag.value);
  }
  return text + "  esac\n}\n";
}

std::string bash_words() {
  std::string text = "\n_backstep_word() { # VERB POSITION\n  case \"$1 $2\" in\n";
  for (const Verb& verb : verbs()) {
    const std::vector<Completable> words = completed_words(verb);
    for (size_t i = 0; i < words.size(); ++i) {
      const bool goes_on = i + 1 == words.size() && verb.max_words > words.size();
      const std::string position = goes_on ? "*" : std::to_string(i + 1);
      text += bash_offer(fmt::format("\"{} \"{}", verb.name, position), words[i]);
    }
  }
  return text + "  esac\n}\n";
}

std::string bash_verb(const Verb& verb) {
  std::string flags;
  std::string valued;
  for (const CompletedFlag& flag : completed_flags(verb)) {
    flags += flag.flag + " ";
    if (flag.takes_value) valued += flag.flag + " ";
  }
  const char* settings = verb.takes_settings ? "\"$settings\"" : "";
  return fmt::format("    {}) flags='{}'{} valued=' {}'{} ;;\n", verb.name, flags, settings, valued,
                     settings);
}

std::string bash_tables() {
  std::string text = "  local verbs='";
  for (const Verb& verb : verbs()) text += std::string(verb.name) + " ";
  text += "'\n  local settings='";
  for (const CompletedFlag& flag : completed_settings()) text += flag.flag + " ";
  text += "'\n  case $verb in\n";
  for (const Verb& verb : verbs()) text += bash_verb(verb);
  return text + "  esac\n";
}

}  // namespace

std::string bash_completion() {
  return std::string(kBashOffer) + bash_values() + bash_words() + std::string(kBashBegin) +
         bash_tables() + std::string(kBashEnd);
}

}  // namespace backstep
