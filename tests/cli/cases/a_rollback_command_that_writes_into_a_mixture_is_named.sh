# What the rollback command or the check writes into tracked files is no part of what came back: it is
# named, the exit code is 21, and nothing is stamped by the check that passed on it.
tree a b
echo TAG=old >app.env
cat >backstep.yml <<'EOY'
files: [app.env]
rollback_scope: failed
each_service: {health_check: {test: '! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 21 run --generate "$(generate_word v2)" --deploy true --rollback-command 'echo TAG=back >app.env'
answer_says 'the rollback command or its check changed app.env again'
says_not 'is healthy'
says_not 'could not be recorded'
no_journal
[ -n "$(ls backups/.backstep/good)" ] && fail 'a mixture was kept that nobody restored'
grep '"good":true' backups/.backstep/verdicts.jsonl | grep -v '"service"' && fail 'a set was stamped good'
holds app.env TAG=back

# The same where the check writes.
cat >backstep.yml <<'EOY'
files: [app.env]
rollback_scope: failed
each_service: {health_check: {test: '[ ! -e back ] || echo $BACKSTEP_SERVICE >>app.env; ! grep -q v3 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 21 run --generate "$(generate_word v3)" --deploy true --rollback-command "touch back"
says 'app.env again'
no_journal
