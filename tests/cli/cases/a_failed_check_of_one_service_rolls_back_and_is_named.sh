# When the check of one service fails, the run rolls back; the service and what its check printed are named, and kept.
tree
quick='interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s'
cat >backstep.yml <<EOY
each_service: {health_check: {test: '! grep -q v2 services/\$BACKSTEP_SERVICE/entrypoint.sh || { echo "no answer from \$BACKSTEP_SERVICE"; exit 7; }', $quick}}
services: {typesense_client_service: {health_check: {test: 'true', $quick}}}
EOY
expect 20 run --generate "$(generate_word v2)" --deploy true
says '❌ action_service: exited with 7 (1 failure in a row, 1 attempt)'
says '✅ typesense_client_service: passed'
says 'failed:   health check of action_service failed: exited with 7 (1 failure in a row, 1 attempt)'
says '│ no answer from action_service'
answer_says 'the old version, healthy again'
says 'the new files are known bad now'
is_old
holds "$(echo backups/.backstep/failed/*/_health_check.txt)" 'no answer from action_service'
expect 20 run --json --generate "$(generate_word v2)" --deploy true
sed -n '/^{/,$p' out >answer && mv answer out
[ "$(json '[(c["service"], c["healthy"], c.get("output_tail")) for c in d["service_checks"]]')" = \
  "[('action_service', False, 'no answer from action_service'), ('typesense_client_service', True, None)]" ] || fail 'the JSON differs'
