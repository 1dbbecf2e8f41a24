# A deploy may return before the new process takes over: the check must keep passing for health_min_healthy_time.
tree
unset BACKSTEP_HEALTH_MIN_HEALTHY_TIME
export BACKSTEP_HEALTH_INTERVAL=30s BACKSTEP_HEALTH_START_PERIOD=0s BACKSTEP_HEALTH_RETRIES=1
expect 0 config
grep -qE '^health_min_healthy_time +5s +default' out || fail "the default is another: $(grep min_healthy out)"
export BACKSTEP_HEALTH_MIN_HEALTHY_TIME=400ms
check='echo x >>asked; [ ! -e breaks ] || [ "$(grep -c . asked)" != 2 ]'

expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$check" --check-baseline false
says 'attempt 1: passed after'
says ', and must keep passing for 400ms'
grep -qE '^✔ Deployed; live now: the new version, healthy \(passed 2 times over 0\.[4-9] s\)$' out || fail "$(tail -n 1 out)"
times 2 asked

# The second answer is the new process's, and it is broken; the old version must keep passing too.
rm asked; touch breaks
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$check" --check-baseline false --rollback-command 'rm breaks asked'
is_word v1
grep -qE '; live now: the old version, healthy again \(passed 2 times over 0\.[4-9] s\)$' out || fail "$(tail -n 1 out)"
times 2 asked

# Where the run changed nothing, who answers is of the version that was live before.
rm asked
expect 0 run --generate true --deploy true --health-check "$check" --check-baseline false
times 1 asked
rm asked
expect 0 run --deploy true --health-check "$check" --check-baseline false
times 1 asked
# A checkout has brought new files, and no generator tells.
rm asked; sh -c "$(generate_word v3)"
expect 0 run --deploy true --health-check "$check" --check-baseline false
times 2 asked
rm asked
expect 0 check --health-check "$check"
says 'healthy (passed 2 times over 0.'
rm asked
"$BACKSTEP" check --health-check "$check" --json >out 2>/dev/null || fail 'the check in JSON failed'
[ "$(json 'd["last"]')" = 'exited with 0' ] || fail "$(cat out)"
