# Of the ten seconds before the deploy the others used some: one cut short by that was not asked.
tree a b c
cat >backstep.yml <<'EOY'
health_parallel: 1
services:
  a: {health_check: {test: '[ $BACKSTEP_PHASE != baseline ] || sleep 0.5'}}
  b: {health_check: {test: 'true'}}
  c: {health_check: {test: '[ $BACKSTEP_PHASE != baseline ] || exec tail -f /dev/null'}}
EOY
expect 0 run --deploy true
says '1 health check had no turn in the ten seconds before the deploy'
says_not 'fails already before the deploy'
