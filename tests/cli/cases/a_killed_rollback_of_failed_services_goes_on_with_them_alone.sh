# A rollback of only the failed services that is killed goes on with those alone: the rest stays as it is.
tree a b
cat >backstep.yml <<'EOY'
rollback_scope: failed
each_service: {health_check: {test: '! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
crash_in rollback-command --generate "$(generate_word v2)" --deploy true
in_phase restored
rm backstep.yml
expect 20 recover
answer_says 'a mix of old and new files (old: a), healthy again'
is_old a
is_word v2 b
