# Our lines have the colour of their mark: on a terminal and in the logs of GitHub and GitLab, unless NO_COLOR
# is set; the flag outranks all. What a command prints gets none, and JSON gets none.
need script
tree
esc=$(printf '\033')
colours() { grep -qF "${esc}[32m✔ Deployed" out; }
plain() { ! grep -qF "$esc" out || fail "coloured: $*"; }
deploy=(run --deploy 'echo ✅ theirs')
expect 2 run --deploy true --color blue
says "--color is auto, always or never, not 'blue'"
expect 0 "${deploy[@]}"
plain 'a file'
expect 0 "${deploy[@]}" --color always
colours || fail 'not by the flag'
says "${esc}[1m▶ deploy: echo ✅ theirs${esc}[0m"
grep -qx '  │ ✅ theirs' out || fail 'what the command printed is coloured'
expect 23 run --color always --rollback false --deploy 'exit 1'
says "${esc}[31m❌ deploy exited with 1${esc}[0m"
expect 2 run --color always --deploy true --keep-last x
says "${esc}[31m❌"
in_log() { "$BACKSTEP" "$@" 2>&1 | cat >out; }  # as a runner reads it: from a pipe
for platform in GITHUB_ACTIONS GITLAB_CI; do
  export $platform=true
  in_log "${deploy[@]}"
  colours || fail "no colours on $platform"
  expect 0 "${deploy[@]}"
  ! colours || fail "coloured: a file on $platform"
  NO_COLOR=1 in_log "${deploy[@]}"
  ! colours || fail "coloured: NO_COLOR on $platform"
  NO_COLOR=1 in_log "${deploy[@]}" --color always
  colours || fail 'NO_COLOR outranks the flag'
  in_log "${deploy[@]}" --color never
  ! colours || fail "coloured: the flag on $platform"
  "$BACKSTEP" status --json >out 2>/dev/null
  plain JSON
  unset $platform
done
on_terminal() { script -qec "env TERM=${TERM_IS-xterm} ${NO_COLOR+NO_COLOR=$NO_COLOR} '$BACKSTEP' run --deploy true" /dev/null </dev/null >out 2>&1 || fail "status $?"; }
on_terminal
colours || fail 'no colours on a terminal'
TERM_IS=dumb on_terminal
plain 'a terminal that cannot'
NO_COLOR=1 on_terminal
plain NO_COLOR
