# A mixture of old and new whose check fails is 21 and said to be untested; nothing calls it good or bad.
tree a b
cat >backstep.yml <<'EOY'
rollback_scope: failed
each_service: {health_check: {test: '! grep -q v2 services/b/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 21 run --generate "$(generate_word v2)" --deploy true
answer_says 'STILL UNHEALTHY: a: exited with 1 (1 failure in a row, 1 attempt)'
expect 0 status
says untested
[ ! -e backups/.backstep/verdicts.jsonl ] || ! grep -v '"service"' backups/.backstep/verdicts.jsonl || fail 'a set was judged'
