# As PID 1 it forwards signals and reaps.
need pgrep
inside() { unshare --pid --fork --mount-proc "$BACKSTEP" "$@"; }
unshare --pid --fork --mount-proc true 2>/dev/null || skip "no process namespace may be made here"
tree
quick_checks
inside run --deploy 'for i in 1 2 3; do (setsid true &) ; done; echo $$' --check-baseline false \
  --health-retries 50 --health-check '! grep -l "^State:.Z" /proc/[0-9]*/status' >out 2>&1 || fail "a run failed"
says "the new version, healthy"
unshare --pid --fork --mount-proc "$BACKSTEP" run --generate "$(generate_word half); $(hang reached)" >out 2>&1 &
outer=$!
until_true 20 test -e reached
kill -TERM "$(pgrep -P "$outer")"
wait "$outer"; status=$?
[ "$status" = 143 ] || fail "TERM gave $status"
is_old
no_journal
