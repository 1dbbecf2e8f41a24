// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "base/text.h"
#include "cli/completion/completion_values.h"

namespace backstep {
namespace {

using Kind = Completable::Kind;

constexpr std::string_view kZshBegin = R"zsh(#compdef backstep
# backstep in zsh; made by 'backstep completion zsh'

_backstep_ids() {
  local -a ids
  ids=(${(f)"$(_call_program ids $program completion ids 2>/dev/null)"})
  compadd -a ids
}

_backstep() {
  local program=$words[1] curcontext=$curcontext state line
  local -a verbs names settings
)zsh";

constexpr std::string_view kZshDispatch = R"zsh(
  names=(${verbs%%:*})
  _arguments -C '1:verb:->verb' '*::argument:->argument'
  case $state in
    verb) _describe -t verbs verb verbs; return ;;
    argument) ;;
    *) return ;;
  esac
  case $words[1] in
)zsh";

// Found in the fpath it is the function itself, and runs; read by `source` it only makes it
// known.
constexpr std::string_view kZshEnd = R"zsh(  esac
}

if [ "$funcstack[1]" = _backstep ]; then
  _backstep "$@"
else
  compdef _backstep backstep
fi
)zsh";

// Within single quotes, where _arguments and _describe take colons and brackets for their own.
std::string zsh_escaped(std::string text) {
  for (const char* special : {"\\", ":", "[", "]"}) {
    text = replaced(std::move(text), special, std::string("\\") + special);
  }
  return replaced(std::move(text), "'", "'\\''");
}

std::string zsh_action(const Completable& value) {
  switch (value.kind) {
    case Kind::kChoices:
      return "(" + value.choices + ")";
    case Kind::kSets:
      return "_backstep_ids";
    case Kind::kFiles:
      return "_files";
    case Kind::kDirectories:
      return "_files -/";
    case Kind::kVerbs:
      return "($names settings outputs rules)";
    case Kind::kNothing:
      break;
  }
  return " ";
}

std::string zsh_spec(const std::string& spec, const Completable& value) {
  // The names of the verbs are looked up where the script runs.
  if (value.kind == Kind::kVerbs) return "\"" + spec + zsh_action(value) + "\"";
  return "'" + spec + zsh_action(value) + "'";
}

std::string zsh_flag(const CompletedFlag& flag, bool repeatable) {
  const std::string start = fmt::format("{}{}{}[{}]", repeatable ? "*" : "", flag.flag,
                                        flag.takes_value ? "=" : "", zsh_escaped(flag.help));
  if (!flag.takes_value) return "'" + start + "'";
  const std::string name = flag.value.name.empty() ? "value" : flag.value.name;
  return zsh_spec(start + ":" + zsh_escaped(name) + ":", flag.value);
}

bool is_repeatable(const Verb& verb, const CompletedFlag& flag) {
  for (const VerbOption& option : verb.options) {
    if (flag.flag.substr(2) == option.name) return option.repeatable;
  }
  return false;
}

std::string zsh_verb(const Verb& verb) {
  std::string text = fmt::format("    {})\n      _arguments", verb.name);
  for (const CompletedFlag& flag : completed_flags(verb)) {
    text += " \\\n        " + zsh_flag(flag, is_repeatable(verb, flag));
  }
  const std::vector<Completable> words = completed_words(verb);
  for (size_t i = 0; i < words.size(); ++i) {
    const bool goes_on = i + 1 == words.size() && verb.max_words > words.size();
    const std::string position = goes_on ? "*" : std::to_string(i + 1);
    text += " \\\n        " + zsh_spec(position + ":" + zsh_escaped(words[i].name) + ":", words[i]);
  }
  if (verb.takes_settings) text += " \\\n        \"$settings[@]\"";
  return text + "\n      ;;\n";
}

std::string zsh_tables() {
  std::string text = "  verbs=(\n";
  for (const Verb& verb : verbs()) {
    text += fmt::format("    '{}:{}'\n", verb.name, zsh_escaped(std::string(verb.summary)));
  }
  text += "  )\n  settings=(\n";
  for (const CompletedFlag& flag : completed_settings()) {
    text += "    " + zsh_flag(flag, false) + "\n";
  }
  return text + "  )\n";
}

}  // namespace

std::string zsh_completion() {
  std::string text = std::string(kZshBegin) + zsh_tables() + std::string(kZshDispatch);
  for (const Verb& verb : verbs()) text += zsh_verb(verb);
  return text + std::string(kZshEnd);
}

}  // namespace backstep
