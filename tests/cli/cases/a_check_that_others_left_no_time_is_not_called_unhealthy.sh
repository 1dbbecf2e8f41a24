# Of the ten seconds before the deploy the others used some: one cut short by that was not asked.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f a%g 1 20) b
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: '[ $BACKSTEP_PHASE != baseline ] || sleep 0.5', min_healthy_time: 0s}}
services:
  b: {health_check: {test: '[ $BACKSTEP_PHASE != baseline ] || exec tail -f /dev/null'}}
EOY
expect 0 run --deploy true
says '1 health check had no turn in the ten seconds before the deploy'
says_not 'fails already before the deploy'
