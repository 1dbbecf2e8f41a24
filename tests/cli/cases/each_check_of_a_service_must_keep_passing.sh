# health_min_healthy_time holds for each service by itself; the shortest proof is told.
tree a b
cat >backstep.yml <<'YAML'
each_service: {health_check: {test: 'echo x >>asked_$BACKSTEP_SERVICE', interval: 10s, min_healthy_time: 200ms}}
services:
  b: {health_check: {min_healthy_time: 500ms}}
YAML
expect 0 run --generate "$(generate_word v1)" --deploy true --check-baseline false
times 2 asked_a
times 2 asked_b
grep -qE 'the new version, healthy \(passed 2 times over 0\.[2-9] s\)$' out || fail "$(tail -n 1 out)"
