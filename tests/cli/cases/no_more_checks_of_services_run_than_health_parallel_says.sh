# Never more checks of services run at a time than health_parallel says, and all have their turn.
names=$(seq -f s%g 1 12)
# shellcheck disable=SC2086 # a word a service
tree $names
mkdir running
cat >backstep.yml <<'EOY'
health_parallel: 3
each_service:
  health_check:
    test: 'touch "running/$BACKSTEP_SERVICE"; ls running | wc -l >>counts; rm "running/$BACKSTEP_SERVICE"'
EOY
expect 0 run --check-baseline false --deploy true
times 12 counts
[ "$(sort -n counts | tail -n 1)" -le 3 ] || fail "too many at a time: $(sort -n counts | tail -n 1)"
says '▶ health check: 12 services, 3 at a time'
expect 2 run --health-parallel 0
says "'0' is not a whole number from 1 to 200"
