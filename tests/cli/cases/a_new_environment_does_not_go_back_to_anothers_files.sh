# Production has deployed from this tree. The first run of staging fails: what lies here is production's,
# and must come back to the tree, but never be deployed to staging.
quick_checks
tree
deploy='cat services/*/entrypoint.sh >>deployed.$TO'
export TO=production
expect 0 run --environment production --generate "$(generate_word production)" --deploy "$deploy" --health-check true
export TO=staging
staging() { expect "$1" run --environment staging --check-baseline false --generate "$(generate_word staging)" --deploy "$deploy" "${@:2}"; }

expect 0 run --environment staging --dry-run --deploy "$deploy"
says "no way back yet: the files that lie here are live in environment 'production'"
staging 10 --health-check false
says "Warning: no way back yet: the files that lie here are live in environment 'production', and none is known of this one"
says "no earlier version exists of this environment, and the files of 'production' lie here again"
grep -q 'echo production' services/action_service/entrypoint.sh || fail "the files of production did not come back"
[ "$(grep -c 'echo production' deployed.staging)" = 0 ] || fail "the files of production were deployed to staging"
grep -rq "echo staging" backups/staging/.backstep/failed || fail "the failed files are nowhere"
no_journal
# The second try knows no more, and the one that passes is what the next goes back to.
staging 10 --health-check false
staging 0 --health-check true
expect 20 run --environment staging --generate "$(generate_word broken)" --deploy "$deploy" \
  --health-check '! grep -q broken services/action_service/entrypoint.sh'
grep -q 'echo staging' services/action_service/entrypoint.sh || fail "the good files of staging did not come back"

# Killed in its deploy, it ends the same.
rm -rf backups/staging deployed.staging && sh -c "$(generate_word production)"
BEFORE=$deploy crash_in deploy --environment staging --generate "$(generate_word staging)"
expect 0 recover --environment staging
says "the files of 'production' lie here again"
[ "$(grep -c 'echo production' deployed.staging)" = 0 ] || fail "recover deployed the files of production"

# Before the deploy nothing was put live, and the files come back as ever.
expect 5 run --environment staging --check-baseline false --generate "$(generate_word staging); false" --deploy "$deploy"
says "the old version: files restored, nothing was deployed"
