# With one environment it is meant; with several, what changes something asks which, and what looks shows all.
tree
expect 0 run --environment production --deploy true
expect 0 backup
says 'Backup created: backups/production/'
expect 0 list --json
[ "$(json '"environments" in d')" = False ] || fail 'one environment is shown as several'
expect 0 config
grep -Eq "^environment +production +the only one in 'backups'$" out || fail 'config does not say which it is'
only_one=$(cd backups/production && printf '%s\n' 2* | tail -n 1)
expect 0 show "$only_one"
sleep 3  # each counts its own seconds
expect 0 run --environment staging --deploy true
for verb in 'run --deploy true' backup rollback begin 'mark good' prune; do
  # shellcheck disable=SC2086 # words
  expect 2 $verb
  says 'production, staging: say which by --environment or environment:'
done
for verb in list status history; do
  expect 0 $verb
  grep -q '^production:$' out || fail "$verb does not name production"
  grep -q '^staging:$' out || fail "$verb does not name staging"
  expect 0 $verb --json
  [ "$(json '[e["environment"] for e in d["environments"]]')" = "['production', 'staging']" ] || fail "$verb --json: $(cat out)"
done
expect 0 list --json
[ "$(json 'len(d["environments"][0]["sets"])')" -ge 2 ] || fail 'no sets of production'
# What asks no store asks nobody.
expect 0 check --health-check true
expect 0 lint
# An ID of one environment alone says which.
expect 0 show "$only_one"
expect 0 verify "$only_one"
expect 2 show latest
expect 2 show 2001-01-01_00-00-00
expect 2 verify
expect 2 export x.tar
missing x.tar
expect 0 export x.tar --environment staging
# One has an open run: finish and recover mean that one; else there is nothing to do.
expect 0 finish --status failure
says 'nothing to finish'
expect 0 recover
expect 0 begin --environment staging
expect 0 finish --status success
expect 0 history --environment staging --json
[ "$(json 'd["runs"][-1]["event"]')" = accepted ] || fail 'staging was not finished'
expect 0 begin --environment staging
expect 0 begin --environment production
expect 2 finish --status success
expect 0 finish --status success --environment staging
expect 0 finish --status success
# A directory that is no store is no environment, and none is a foreign name of the nameless one.
mkdir backups/notes
expect 0 list --environment .
says notes
says_not production
