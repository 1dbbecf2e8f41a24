# On a terminal: colours unless NO_COLOR says otherwise, and control bytes as \xNN. Into a file or a
# pipe: no colours, and every byte as it is; in a pipeline's log, where a terminal reads it after all,
# the bytes are harmless again, and the lines of files stand behind a bar, as none of ours does. GitHub and
# GitLab show colours there.
need script
tree app
printf '#!/bin/sh\n\techo old\n' >services/app/entrypoint.sh
expect 0 backup
printf '#!/bin/sh\n\techo \033[2Jnew\r\n::set-output name=a::b\n##[error]x\n\302\233[2J\n' >services/app/entrypoint.sh
on_terminal() { script -qec "env TERM=${TERM_IS-xterm} ${NO_COLOR+NO_COLOR=$NO_COLOR} '$BACKSTEP' diff" /dev/null </dev/null >out 2>&1 || fail "status $?"; }
esc=$(printf '\033')
on_terminal
grep -qF "${esc}[31m-$(printf '\t')echo old${esc}[0m" out || fail "what went is not red"
grep -qF "${esc}[32m+$(printf '\t')echo \\x1b[2Jnew\\x0d${esc}[0m" out || fail "what came is not green and harmless"
grep -qF '\xc2\x9b[2J' out || fail "the other form of the escape is not shown as \\xNN"
! grep -qF "${esc}[2J" out || fail "the terminal is steered"
for plain in NO_COLOR TERM; do
  if [ $plain = TERM ]; then TERM_IS=dumb on_terminal; else NO_COLOR=1 on_terminal; fi
  ! grep -qF "$esc" out || fail "coloured in spite of $plain"
  grep -qF '\x1b[2Jnew' out || fail "not harmless with $plain"
done

expect 0 diff
says "$(printf '+\techo \033[2Jnew\r')"
says "+::set-output name=a::b"
! grep -qF "${esc}[32m" out || fail "a file gets colours"

on_github
"$BACKSTEP" diff | cat >out  # as a runner reads it: from a pipe
! grep -qF "${esc}[2J" out || fail "a log is steered"
grep -qF "${esc}[32m  │ +" out || fail "GitHub shows no colours"
says "  │ +$(printf '\t')echo \\x1b[2Jnew\\x0d"
says_not '##[error]'
[ -z "$(obeyed)" ] || fail "the runner obeyed: $(obeyed)"
