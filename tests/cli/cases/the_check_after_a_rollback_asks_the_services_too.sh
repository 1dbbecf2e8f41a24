# After a rollback the services are asked again: still unhealthy is 21, and stamps no version bad.
tree
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: '[ $BACKSTEP_SERVICE != action_service ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 21 run --check-baseline false --generate "$(generate_word v2)" --deploy true
answer_says 'STILL UNHEALTHY: action_service: exited with 1 (1 failure in a row, 1 attempt)'
says_not 'known bad'
is_old
