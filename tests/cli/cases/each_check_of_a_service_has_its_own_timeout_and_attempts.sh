# Each check of a service has its own timeout and attempts; one that hangs holds up none of the others.
tree a b c
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: 'true', interval: 20ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
services:
  a: {health_check: {test: 'exec tail -f /dev/null', timeout: 300ms}}
  b: {health_check: {test: 'echo x >>b_tries; [ "$(wc -l <b_tries)" -ge 3 ]', retries: 5}}
EOY
expect 23 run --check-baseline false --rollback false --deploy true
says 'a: timed out after 300ms (1 failure in a row, 1 attempt)'
says '✅ b: passed'
grep -qE 'b: passed after [0-9.]+ s \(3 attempts\)' out || fail 'b has not three attempts'
says '✅ c: passed'
says 'health check of a failed: timed out after 300ms'
