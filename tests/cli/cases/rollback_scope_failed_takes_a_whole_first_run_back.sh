# A first run has no earlier version to mix with: all new files are moved away, as the last line says.
cat >backstep.yml <<'EOY'
rollback_scope: failed
each_service: {health_check: {test: '[ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
cat >generate.sh <<'EOG'
for s in a b; do mkdir -p "services/$s"; printf '#!/bin/sh\necho v1\n' >"services/$s/entrypoint.sh"; done
EOG
expect 10 run --generate 'sh generate.sh' --deploy true
answer_says 'no earlier version exists'
missing services/a/entrypoint.sh
missing services/b/entrypoint.sh
says_not 'Only a goes back'
