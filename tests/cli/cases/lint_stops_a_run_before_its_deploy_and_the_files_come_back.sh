# A script that cannot start: exit 4 with the table, nothing deployed, files back, evidence kept.
tree
before=$(snapshot)
expect 4 run --generate "printf 'echo new\n' >$(entrypoint)" --deploy 'touch deployed' --health-check true
missing deployed
[ "$(snapshot)" = "$before" ] || fail "not restored: $(snapshot)"
holds backups/.backstep/failed/*/action_service_entrypoint.sh 'echo new'
no_journal
recorded restored
says '❌ lint: 1 error in 1 script'
grep -qE '^FILE +LINE +SEVERITY +RULE +WHAT$' out || fail 'no table'
grep -qE '^services/action_service/entrypoint.sh +1 +error +no-shebang +no .#!. line' out || fail 'no row'
says '❌ Failed before the deploy began'
says 'failed:   lint found 1 error in 1 script'
grep -q '│ services/action_service/entrypoint.sh:1: no-shebang: ' out || fail 'the end does not name it'
says 'lint_off: no-shebang'
says "             backstep diff $(newest) failed/"
answer_says 'live now: the old version: files restored, nothing was deployed'

# The first run of a tree: there is nothing to come back.
rm -r services backups
mkdir -p services/a
expect 4 run --generate 'echo x >services/a/entrypoint.sh' --deploy 'touch deployed'
missing deployed
missing services/a/entrypoint.sh
answer_says 'live now: the same as before: nothing was deployed, and no earlier version exists'

# With rollback off the files stay, and still nothing is deployed.
expect 4 run --rollback=false --generate 'echo x >services/a/entrypoint.sh' --deploy 'touch deployed'
missing deployed
holds services/a/entrypoint.sh x
answer_says 'the same as before: nothing was deployed; the new files stay (rollback is off)'
