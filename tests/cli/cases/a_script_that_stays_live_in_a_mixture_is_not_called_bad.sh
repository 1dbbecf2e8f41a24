# b only warns and stays; that it passes after a went back says nothing against the script that it runs.
tree a b
cat >backstep.yml <<'EOY'
rollback_scope: failed
each_service: {health_check: {test: '! grep -q v2 services/a/entrypoint.sh', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
services: {b: {health_check: {test: '! grep -q v2 services/a/entrypoint.sh', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}, on_failure: warn}}
EOY
expect 20 run --generate "$(generate_word v2)" --deploy true
is_old a
is_word v2 b
says 'by their own check: a'
grep '"service"' backups/.backstep/verdicts.jsonl | grep '"good":false' >bad
times 1 bad
holds bad '"service":"a"'
