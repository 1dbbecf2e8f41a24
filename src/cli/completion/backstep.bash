# backstep in bash; made by 'backstep completion bash'
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
