# It has 30 s, and then the rollback goes on: nothing waits for it for ever. A stop signal ends it at once.
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
"$BACKSTEP" run --generate "$(generate_word v2)" --deploy 'exit 1' --rollback-command true \
  --diagnose 'echo $$ >asking; exec sleep 600' >out 2>&1 &
run=$!
until [ -s asking ]; do kill -0 $run || fail 'the run ended'; done
kill -TERM $run
wait $run
[ $? -eq 143 ] || fail "it exited with $?"
is_word v1
! kill -0 "$(cat asking)" 2>/dev/null || fail 'diagnose still runs'
says 'recover'
