# A check that tells nothing in guard's container decides nothing; the one of another service still does.
tree a b c
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: 'grep -q "echo old" services/$BACKSTEP_SERVICE/entrypoint.sh', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
services:
  a: {health_check: {test: 'exit 7', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
  c: {health_check: {test: no-such-program, interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}, on_failure: warn}
EOY
cp "$BACKSTEP" backstep-post
on_github 1
export INPUT_COMMAND=guard INPUT_JOB_STATUS=success
expect 0
says 'the health check of c cannot run in this container (exited with 127 (command not found)): it will decide nothing'
says 'the health check of a fails already before the deploy'
printf '#!/bin/sh\necho broken\n' >services/b/entrypoint.sh
./backstep-post >out 2>&1
[ $? = 21 ] || fail 'not 21'
is_old b

# Where only those fail that told nothing before, the job's status decides, and each is told for what it is.
on_github 2
expect 0
printf '#!/bin/sh\necho old and better\n' >services/b/entrypoint.sh
./backstep-post >out 2>&1 || fail "exited with $?"
says 'live now: the new version, but unhealthy: c (which only warns); the health check of a tells nothing in this container'
