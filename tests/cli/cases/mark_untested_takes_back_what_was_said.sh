# mark untested: a mistaken mark, or a verdict of a check that was wrong, counts no more; what is said
# from then on does. It is seen in list and status.
need python3
a_good_v1
expect 0 mark bad
expect 0 status
says ', bad (marked by a human), since'
expect 0 mark untested
says 'is untested again (digest '
expect 0 status
says ', untested, since'
expect 10 rollback --to last-good
expect 0 run --deploy true --health-check "$says_v1"
expect 0 status
says ', good, since'

expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
failed=failed/$(ls backups/.backstep/failed)
expect 0 mark untested "$failed" --json
json 'd["verdict"] == "untested" and d["set"] == "'"$failed"'" or 1/0'
expect 0 list
grep -q "^$failed  · untested" out || fail 'the list does not show it'
expect 0 mark bad "$failed"
expect 0 mark untested "$failed"
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
expect 0 show "$failed"
says 'verdict: bad'
