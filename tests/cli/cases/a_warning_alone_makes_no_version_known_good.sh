# Where all checks only warn and one of them fails, the version stays, and nobody calls it good.
tree
cat >backstep.yml <<'EOY'
each_service:
  health_check: {test: '[ $BACKSTEP_SERVICE != action_service ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}
  on_failure: warn
EOY
expect 0 run --check-baseline false --generate "$(generate_word v2)" --deploy true
says 'live now: the new version, but unhealthy: action_service (which only warns)'
expect 0 status
says untested
