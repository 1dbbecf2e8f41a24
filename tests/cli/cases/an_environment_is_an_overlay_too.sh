# --environment X lays backstep.X.yml over backstep.yml; the store is that of X.
tree
echo 'deploy: echo any >deployed' >backstep.yml
printf 'deploy: echo production >deployed\nkeep_last: 3\n' >backstep.production.yml
expect 0 run --environment production
holds deployed production
says 'Backup created: backups/production/'
BACKSTEP_ENVIRONMENT=staging expect 0 run
holds deployed any
exists backups/staging
expect 0 config --environment production
grep -Eq '^environment +production +flag --environment$' out || fail "config does not say where it came from"
grep -Eq '^deploy +.* +backstep.production.yml:1:9$' out || fail "config does not name the overlay"
expect 0 config --config backstep.production.yml
grep -Eq '^environment +production +the name of backstep.production.yml$' out || fail 'the name of the file says nothing'
# By the file itself, and by any directory beneath it.
echo 'environment: production' >>backstep.yml
mkdir deep
(cd deep && "$BACKSTEP" run >/dev/null 2>&1) || fail 'not from beneath'
holds deployed production
