#compdef backstep
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
