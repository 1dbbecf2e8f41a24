# A job's image is started as `IMAGE sh -c …`: the binary becomes that shell, arguments unchanged.
[ "$("$BACKSTEP" sh -c 'printf "%s|" "$0" "$@"' zero 'two  words' '' --help)" = 'zero|two  words||--help|' ] ||
  fail "the arguments changed"
[ "$(echo 'echo "from stdin"' | "$BACKSTEP" /bin/sh)" = "from stdin" ] || fail "no script by stdin"
"$BACKSTEP" sh -c 'exit 41'
[ $? = 41 ] || fail "its exit code is lost"
"$BACKSTEP" sh -c 'kill -TERM $$'
[ $? = 143 ] || fail "its signal is lost"

PATH=/nowhere expect 127 bash -c true
says "cannot start the shell 'bash': No such file or directory; it is not here, ask for 'sh' instead"
one_line
expect 127 "$PWD/bin/sh"
one_line
mkdir bin && echo >bin/bash
expect 126 "$PWD/bin/bash"
says "Permission denied"
