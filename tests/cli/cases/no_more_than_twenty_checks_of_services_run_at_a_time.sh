# Never more than twenty checks of services run at a time, and all have their turn.
names=$(seq -f s%g 1 50)
# shellcheck disable=SC2086 # a word a service
tree $names
mkdir running
cat >backstep.yml <<'EOY'
each_service:
  health_check:
    min_healthy_time: 0s
    test: 'touch "running/$BACKSTEP_SERVICE"; ls running | wc -l >>counts; rm "running/$BACKSTEP_SERVICE"'
EOY
expect 0 run --check-baseline false --deploy true
times 50 counts
[ "$(sort -n counts | tail -n 1)" -le 20 ] || fail "too many at a time: $(sort -n counts | tail -n 1)"
says '▶ health check: 50 services, 20 at a time'
