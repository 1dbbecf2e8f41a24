# Complaint: a clock that was wrong once makes retention remove the wrong ones. What is dated in the
# future stays, and takes nobody's place.
tree
backup_of v1; first=$(newest)
backup_of v2; second=$(newest)
for word in f1 f2 f3; do backup_of $word; date_set "backups/$(newest)" -3000; done
date_set "backups/$first" 9
expect 0 prune --keep-last 1 --keep-daily 1 --keep-within 1d
[ "$(grep -c 'keep .*dated in the future' out)" = 3 ] || fail "not three are said to be from the future"
missing "backups/$first"
exists "backups/$second"
[ "$(backups | wc -l)" = 4 ] || fail "kept: $(backups)"
