# One line of 300 MB, and a carriage return at its end: found in the memory of a small script.
! grep -q __asan_init "$BACKSTEP" || skip 'the address sanitizer needs more memory than the limit here'
tree
{ printf '#!/bin/cat\n'; head -c 300M /dev/zero | tr '\0' x; printf '\r\n'; } >"$(entrypoint)"
(ulimit -v 100000; expect 0 lint)
grep -qE 'entrypoint.sh +2 +warning +crlf' out || fail 'the line end was not found'
