# Output that cannot be written (closed pipe, full disk) never changes what happens.
tree
new() { generate_word "$1"; }
"$BACKSTEP" run --generate "$(new v1)" --deploy 'echo talk; exit 0' >&- 2>&- || fail "closed: $?"
is_word v1
"$BACKSTEP" run --generate "$(new v2)" --deploy 'seq 100000; exit 0' | head -n 1 >first
[ "${PIPESTATUS[0]}" = 0 ] || fail "the pipe's end changed the exit code"
is_word v2
[ -e /dev/full ] || skip "no /dev/full here"
"$BACKSTEP" run --generate "$(new v3)" --deploy 'echo talk; exit 0' >/dev/full 2>out || fail "full: $?"
is_word v3
says "output was lost"
"$BACKSTEP" run --generate "$(new v4)" --deploy 'echo talk; exit 1' --rollback-command 'echo talk' >/dev/full 2>/dev/full
[ $? = 21 ] || fail "full: not rolled back"
is_word v3
"$BACKSTEP" rollback --to "$(backups | head -n 1)" >&- 2>/dev/full || fail "rollback: $?"
is_old
