# The baseline asks the checks of services once, side by side, and names those that are unhealthy already.
tree a b c
expect 0 run --deploy true
cat >backstep.yml <<'EOY'
each_service:
  health_check: {test: 'echo $BACKSTEP_PHASE >>asked; [ $BACKSTEP_SERVICE = c ] || [ -e fixed ]', interval: 50ms, min_healthy_time: 0s}
EOY
expect 0 run --generate 'touch fixed' --deploy true
says '⚠️ Warning: the health checks of 2 services fail already before the deploy: a, b'
[ "$(grep -c baseline asked)" = 3 ] || fail "asked: $(cat asked)"
printf '%s\n' "services: {a: {health_check: {test: 'test -e fixed', interval: 50ms, min_healthy_time: 0s}}}" >backstep.yml
rm fixed
expect 0 run --generate 'touch fixed' --deploy true
says '⚠️ Warning: the health check of a fails already before the deploy (exited with 1)'
