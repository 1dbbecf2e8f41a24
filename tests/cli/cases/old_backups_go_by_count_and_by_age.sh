# Complaint, for ten years: backups pile up, for neither their number nor their age can be limited.
tree
for age in 40 30 20 10 1; do
  backup_of "v$age"
  date_set "backups/$(newest)" "$age"
done
expect 0 prune --keep-last 2 --keep-within 25d
[ "$(backups | wc -l)" = 3 ] || fail "by age: $(backups)"
expect 0 prune --keep-last 2 --keep-within 0
[ "$(backups | wc -l)" = 2 ] || fail "by count: $(backups)"
expect 0 verify
