# The database is away while the good version is deployed again: the check fails on the same content
# before and after the restore, or passes again in between; either way the version stays good.
a_good_v1
good=$(cat backups/.backstep/verdicts.jsonl)
check="[ -e database ] && $says_v1"
expect 21 run --generate "$(generate_word v1)" --deploy true --health-check "$check"
says 'live now: the same as before, STILL UNHEALTHY'
expect 20 run --generate "$(generate_word v1)" --deploy true --health-check "$check" --rollback-command 'touch database'
says 'live now: the same as before, healthy again'
for said in 'known bad' 'failed before'; do says_not "$said"; done
[ "$(cat backups/.backstep/verdicts.jsonl)" = "$good" ] || fail "stamped: $(cat backups/.backstep/verdicts.jsonl)"
missing backups/.backstep/failed/2*
expect 0 status
grep -q '^live now   .*, good, since ' out || fail 'it is not good any more'
# A new version in the same outage proves nothing either: the old one fails too.
rm database
expect 21 run --generate "$(generate_word v2)" --deploy true --health-check "[ -e database ]"
is_word v1
[ "$(cat backups/.backstep/verdicts.jsonl)" = "$good" ] || fail "the new one was stamped in an outage"
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
says_not 'known bad'
