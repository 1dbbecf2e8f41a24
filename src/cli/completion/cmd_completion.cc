// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "base/error.h"
#include "base/text.h"
#include "cli/completion/candidates.h"
#include "cli/session.h"
#include "system/output.h"

namespace backstep {
namespace {

constexpr const char* kBash = R"bash(# backstep in bash; made by 'backstep completion bash'
_backstep() {
  local current=${COMP_WORDS[COMP_CWORD]} words=() joins='' word value line
  # bash hands over --flag=value and a:b in parts.
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ ${#words[@]} -gt 0 && ($joins || $word == [=:]*) ]]; then words[-1]+=$word; else words+=("$word"); fi
    [[ $word == [=:]* ]] && joins=yes || joins=''
  done
  value=${words[-1]}
  [[ $value != --*=* ]] || value=${value#*=}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files | :directories)
        # The halves of a name with a newline in it are no files.
        while IFS= read -r word; do [[ ! -e ${word/#\~/$HOME} ]] || COMPREPLY+=("$word"); done \
          < <(compgen "-${line:1:1}" -- "$value")
        compopt -o filenames
        ;;
      :*) ;;
      *) [[ $line != "${value#[\"\']}"* ]] || COMPREPLY+=("${line%%$'\t'*}") ;;
    esac
  done 2>/dev/null < <("${1/#\~/$HOME}" completion words -- "${words[@]//[\"\'\\]/}")
  # Only what stands behind the last '=' or ':' will be replaced.
  [[ $current == [=:]* ]] || value=${value%"$current"}
  COMPREPLY=("${COMPREPLY[@]#"${value//[\"\'\\]/}"}")
}
complete -F _backstep backstep
)bash";

// Found in the fpath, the script is the function itself and runs. Read by `source`, it only makes
// the function known.
constexpr const char* kZsh = R"zsh(#compdef backstep
# backstep in zsh; made by 'backstep completion zsh'
_backstep() {
  local program=${(Q)words[1]/#\~/$HOME}
  local -a answer
  answer=("${(@f)$($program completion words -- "${(@Q)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
  compset -P 1 '--*='
  case $answer[1] in
    :files) _files ;;
    :directories) _files -/ ;;
    :*) _message "${answer[1]#:}" ;;
    ?*) answer=("${(@)answer//:/\\:}") && answer=("${(@)answer/$'\t'/:}") && _describe word answer ;;
  esac
}
if [ "$funcstack[1]" = _backstep ]; then _backstep "$@"; else compdef _backstep backstep; fi
)zsh";

constexpr const char* kFish = R"fish(# backstep in fish; made by 'backstep completion fish'
function __backstep_answer
    set -l words (commandline -opc | string replace -r '^~/' "$HOME/")
    set -l current (commandline -ct)
    command -q $words[1]; and $words[1] completion words -- $words[2..] "$current" 2>/dev/null
end
function __backstep_candidates
    set -l answer (__backstep_answer)
    set -l current (commandline -ct)
    switch "$answer[1]"
        case :directories
            __fish_complete_directories "$current" ''
        case '' ':*'
        case '*'
            set -l flag (string match -r -- '^--[^=]+=' "$current"; or echo)
            printf '%s\n' $flag$answer
    end
end
complete -c backstep -f -a '(__backstep_candidates)'
complete -c backstep -n 'contains :files (__backstep_answer)' -F
)fish";

std::string script_for(const std::string& shell) {
  if (shell == "bash") return kBash;
  if (shell == "zsh") return kZsh;
  if (shell == "fish") return kFish;
  refuse_usage(shell.empty() ? "for which shell? 'backstep completion bash', zsh or fish"
                             : "there is no completion for " + in_quotes(shell) +
                                   ": bash, zsh and fish have one");
}

// By names alone: no manifest is read.
std::string ids_of(const Store& store) {
  std::string text;
  for (const SetRef& ref : store.list_sets()) text += ref.label() + "\n";
  return text.empty() ? text : text + "latest\nlast-good\n";
}

// Between two keys nobody wants to read an error.
std::string ids_here(const Invocation& invocation) {
  try {
    const Session session(invocation, Session::Stdout::kVerbsOwn);
    std::string ids;
    for (const StorePlace& place : session.places()) {
      if (const std::optional<Store> store = session.find_store(place)) ids += ids_of(*store);
    }
    return ids;
  } catch (const Error&) {
    return {};
  }
}

}  // namespace

int cmd_completion(const Invocation& invocation) {
  const std::vector<std::string>& words = invocation.flags.words;
  const std::string first = words.empty() ? "" : words.front();
  const bool asked = first == "words";  // by the scripts, at each completion key
  if (words.size() > 1 && !asked) {
    refuse_usage("unexpected word " + in_quotes(words[1]));
  }
  std::string answer = asked ? candidates({words.begin() + 1, words.end()}) : script_for(first);
  if (answer == ":ID\n") answer = ids_here(invocation);
  Output(STDOUT_FILENO).write(answer);
  return 0;
}

}  // namespace backstep
