# Two settings files in one tree are two environments: neither lists, shows, restores or settles what the other did.
quick_checks
tree
for name in staging production; do
  cat >$name.yml <<END
deploy: echo $name >>deployed
health_check: '! grep -q bad services/action_service/entrypoint.sh'
END
done
expect 0 run --config staging.yml --generate "$(generate_word s1)"
expect 0 run --config production.yml --generate "$(generate_word p1)"
exists backups/staging/.backstep/history.jsonl
exists backups/production/.backstep/history.jsonl
says "Backup created: backups/production/"
! backups | grep -q '^2' || fail 'the nameless store has sets'
expect 0 run --config staging.yml --generate "$(generate_word s2)"
# A failed deploy of production goes back to what this run found, never to staging's sets.
sh -c "$(generate_word p1)"
expect 20 run --config production.yml --generate "$(generate_word bad)"
is_word p1
# Each has its own live version, list and history.
expect 0 list --config staging.yml --json
[ "$(json '[s["state"] for s in d["sets"]].count("known bad") + len([s for s in d["sets"] if s["id"].startswith("failed/")])')" = 0 ] || fail "staging lists production's failure"
expect 0 list --config production.yml --json
[ "$(json 'len([s for s in d["sets"] if s["id"].startswith("failed/")])')" = 1 ] || fail "production does not list its failure"
expect 0 history --config staging.yml
[ "$(grep -c accepted out)" = 2 ] || fail "staging's history is not its own"
says_not rolled_back
expect 0 status --config production.yml --json
[ "$(json 'd["last_failure"]["exit_code"]')" = 20 ] || fail "no failure of production"
expect 0 status --config staging.yml --json
[ "$(json 'd["last_failure"]')" = None ] || fail "production's failure is staging's"
# By hand, each goes back to its own.
expect 0 rollback --config staging.yml --to last-good
is_word s2
sh -c "$(generate_word p2)"
expect 0 rollback --config production.yml --to last-good
is_word p1
# A crashed run of one is nobody else's, and its commands are run by itself alone.
rm deployed reached
start run --config staging.yml --generate "$(generate_word s3)" --deploy "$(hang reached)"
until_true 20 test -e reached
kill -9 "$started"; ended 2>/dev/null
until_true 20 flock --nonblock backups/.backstep/lock true
expect 0 recover --config production.yml
says 'no run is open'
is_word s3
expect 20 recover --config staging.yml
[ "$(cat deployed)" = staging ] || fail "not staging's command: $(cat deployed)"
