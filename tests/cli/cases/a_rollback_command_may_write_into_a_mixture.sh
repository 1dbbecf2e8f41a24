# The rollback command writes a tracked file: the mixture is what lies there after it, and kept as such.
tree a b
echo TAG=old >app.env
cat >backstep.yml <<'EOY'
files: [app.env]
rollback_scope: failed
each_service: {health_check: {test: 'echo $BACKSTEP_DIGEST >>digests; ! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s}}
EOY
expect 20 run --generate "$(generate_word v2)" --deploy true --rollback-command 'echo TAG=back >app.env'
last_line_says 'this mixture is healthy'
says_not 'could not be recorded'
no_journal
holds "$(echo backups/.backstep/good/*)/_files/app.env" TAG=back
grep '"good":true' backups/.backstep/verdicts.jsonl | grep -q "$(tail -n 1 digests)" || fail 'the check was told of other files'

# What the check itself writes is said, and nothing more.
cat >backstep.yml <<'EOY'
files: [app.env]
rollback_scope: failed
each_service: {health_check: {test: '[ ! -e back ] || echo $BACKSTEP_SERVICE >>app.env; ! grep -q v3 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s}}
EOY
expect 20 run --generate "$(generate_word v3)" --deploy true --rollback-command "touch back"
says 'the files changed while the check ran: this mixture is not kept as good'
no_journal
