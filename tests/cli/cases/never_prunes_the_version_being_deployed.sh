# Complaint: a limit of releases removes the one that is being deployed. What a journal names stays,
# whatever the rules say, until its run has ended.
a_good_v1
sh -c "$(generate_word edited)"
expect 0 begin --health-check "$says_v1" --rollback-command true
mine=$(newest)
date_set "backups/$mine" 400
expect 0 prune --keep-last 0 --keep-within 0 --keep-good 1
grep -q "^$mine .*keep .*named by the journal" out || fail "no word of the journal"
exists "backups/$mine"
expect 20 finish --status failure
expect 0 prune --keep-last 0 --keep-within 0 --keep-good 1
missing "backups/$mine"
is_word v1
