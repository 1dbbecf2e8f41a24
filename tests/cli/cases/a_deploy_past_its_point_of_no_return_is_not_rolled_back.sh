# no_rollback_exit_codes: a deploy that exits with one of them has gone too far: nothing is restored, run
# or checked, exit 23, and the last lines say so, why, and what can be done.
need python3
a_good_v1
first=$(newest)
cat >backstep.yml <<'YAML'
rollback: {command: touch rolled_back, not_on_exit_codes: [80, 75]}
health_check: "touch checked; true"
check_baseline: false
YAML
expect 0 config
grep -qE 'no_rollback_exit_codes +75,80 +backstep.yml:1:' out || fail 'the setting is not shown'
expect 23 run --generate "$(generate_word v2)" --deploy 'echo migration 12 has run; exit 75'
is_word v2
is_word v2 typesense_client_service
missing rolled_back
missing checked
no_journal
recorded unrestored
says 'failed:   deploy exited with 75'
says '│ migration 12 has run'
says 'next:     1. mend the cause and deploy again'
says '          2. or restore the old files, if they still work after what the deploy changed (a migration):'
says "             backstep rollback --to $(newest)"
answer_says 'live now: the failed version, in whole or in part: exit code 75 of the deploy forbids a rollback'
grep -q '"good":false' backups/.backstep/verdicts.jsonl && fail 'it stamped a verdict'
[ "$(newest)" != "$first" ] || fail 'there is no backup of this run'
# Any other code is rolled back, and what was named as next works.
expect 20 run --generate "$(generate_word v3)" --deploy 'exit 76'
is_word v1
exists rolled_back
"$BACKSTEP" run --generate "$(generate_word v4)" --deploy 'exit 80' --json >out 2>/dev/null
[ "$(json 'd["result"], d["exit_code"], d["verdict"]')" = "('not_rolled_back', 23, 'untested')" ] || fail "$(cat out)"
is_word v4
expect 0 rollback --to "$(newest)"
is_word v1
