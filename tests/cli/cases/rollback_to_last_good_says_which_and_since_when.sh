# rollback --to last-good: never one that is known bad, and the line says which, since when, and what
# to do when that is what lies there already.
a_good_v1
v1=$(last_run)
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
v2=$(last_run)
expect 0 rollback --to last-good --dry-run
grep -qE "the newest known good, good since 20[0-9T:-]+Z \(run $v2\)" out || fail 'not since when'
says "it is what lies here: if it is at fault, 'backstep mark bad' first"
expect 0 mark bad
expect 0 rollback --to last-good --health-check true
grep -qE "^Rolling back to .*: the newest known good, good since 20[0-9T:-]+Z \(run $v1\)$" out || fail 'not v1'
is_word v1
expect 0 list
grep -q '✘ bad' out || fail 'the mark is not seen'
expect 0 mark good "failed/$(ls backups/.backstep/failed)"
says 'is known good now'
expect 0 status
says ', good'

# The set of the newest known good was deleted by hand: the next one is taken, and that is said.
expect 0 run --generate "$(generate_word v3)" --deploy true --health-check true
sh -c "$(generate_word v4)"
rm -r backups/.backstep/good/"$(ls backups/.backstep/good | tail -n 1)"
expect 0 rollback --to last-good --files-only
says 'an older known good, for no backup holds the newest, '
says_not 'the newest known good'
rm -r backups/2* backups/.backstep/good/2*
expect 10 rollback --to last-good
says 'no backup holds the newest known good version ('
