# rollback_scope: failed takes only the services back whose check failed; the mixture is good only by its own check.
tree a b
cat >backstep.yml <<'EOY'
files: [shared.yml]
rollback_scope: failed
each_service: {health_check: {test: '! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
echo old >shared.yml
expect 20 run --generate "$(generate_word v2); echo new >shared.yml" --deploy true --rollback-command 'echo "$BACKSTEP_CHANGED_SERVICES" >again'
says 'Only a goes back (rollback_scope: failed); the rest stays new, a mixture that is untested until its check has passed'
says '✅ Restored a from'
says_not '✅ Restored b'
answer_says 'live now: a mix of old and new files (old: a), healthy again'
is_old a
is_word v2 b
holds shared.yml new
holds again a
expect 0 status
says good
exists "$(echo backups/.backstep/good/*)"
