# A service that turns healthy after its verdict is not asked again: the run rolls back. The next run's pass outranks it.
tree a b
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: 'true', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
services:
  a: {health_check: {test: 'echo x >>tries; [ "$(wc -l <tries)" -ge 2 ]'}}
EOY
expect 20 run --check-baseline false --generate "$(generate_word v2)" --deploy true
times 2 tries
is_old a
says 'the new files are known bad now'
expect 0 run --check-baseline false --generate "$(generate_word v2)" --deploy true
expect 0 status
says good
