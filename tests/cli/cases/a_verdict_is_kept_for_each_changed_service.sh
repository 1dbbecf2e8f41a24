# Each changed service has a verdict of its own: good when its check passed, bad only by the proof that a set needs.
tree a b c
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: '! grep -q v2 services/$BACKSTEP_SERVICE/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
for_ab='for s in a b; do printf "#!/bin/sh\necho v2\n" >services/$s/entrypoint.sh; done'
expect 20 run --generate "$for_ab" --deploy true
says 'verdict:  the new files are known bad now; by their own check: a'
verdicts=backups/.backstep/verdicts.jsonl
[ "$(grep -c '"service"' $verdicts)" = 2 ] || fail "$(cat $verdicts)"
grep '"service":"a"' $verdicts | grep -q '"good":false' || fail "$(cat $verdicts)"
grep '"service":"b"' $verdicts | grep -q '"good":true' || fail "$(cat $verdicts)"
expect 0 show "failed/$(ls backups/.backstep/failed)"
says 'judged:  bad: a; good: b'
expect 0 run --deploy true --generate 'printf "#!/bin/sh\necho v2\n" >services/b/entrypoint.sh'
expect 0 backup
expect 0 show latest
says 'judged:  good: b'
expect 0 show latest --json
[ "$(json 'd["services"]')" = "{'b': 'good'}" ] || fail 'not in the JSON'
