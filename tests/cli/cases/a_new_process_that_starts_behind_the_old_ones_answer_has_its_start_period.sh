# The old process answers once, then the new one starts: its failures in start_period do not count, though a success
# came before them.
tree
export BACKSTEP_HEALTH_INTERVAL=50ms BACKSTEP_HEALTH_START_PERIOD=1m BACKSTEP_HEALTH_RETRIES=1 BACKSTEP_HEALTH_MIN_HEALTHY_TIME=300ms
expect 0 run --generate "$(generate_word v1)" --deploy true --check-baseline false \
  --health-check 'echo x >>asked; case $(grep -c . asked) in 2|3|4) exit 1 ;; esac'
says 'attempt 2: exited with 1 (still starting)'
says 'the new version, healthy (passed'
# What passes too late to hold for so long before the deadline is not called healthy.
rm asked
expect 23 run --generate "$(generate_word v2)" --deploy true --check-baseline false --rollback false --health-deadline 1m \
  --health-min-healthy-time 59900ms --health-interval 500ms --health-retries 9 --health-check 'echo x >>asked; [ "$(grep -c . asked)" = 2 ]'
says 'failed:   health check passed too late (not healthy for 59s900ms within 1m, 2 attempts)'
expect 2 run --deploy true --health-check true --health-deadline 2s --health-min-healthy-time 2s
says 'the check could never pass'
