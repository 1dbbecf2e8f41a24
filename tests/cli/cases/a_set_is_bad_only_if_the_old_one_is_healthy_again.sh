# Bad only if this set differs, the check failed on it, and passed again after the restore.
a_good_v1
expect 21 run --generate "$(generate_word v2)" --deploy true --health-check 'exit 1'
says_not "known bad"
expect 0 show "failed/$(ls backups/.backstep/failed)"
says untested
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
says "known bad"
expect 0 show "failed/$(ls backups/.backstep/failed | tail -n 1)"
says "verdict: bad"
