# As Compose has it: a long interval must not cost the first minute of every deploy. And a crash does not forget it.
tree
cat >backstep.yml <<'Y'
deploy: "true"
health_check:
  test: n=$(cat asked 2>/dev/null || echo 0); echo $((n + 1)) >asked; test $n -ge 3
  interval: 10m
  start_period: 20m
  start_interval: 100ms
  deadline: 30m
check_baseline: false
Y
expect 0 run -v
says 'attempt 3: exited with 1 (still starting)'
says 'attempt 4: passed'
crash_in health-check
[ "$(record | grep -o '"health_check.start_interval":"[^"]*"')" = '"health_check.start_interval":"100ms"' ] || fail 'the journal does not know it'
