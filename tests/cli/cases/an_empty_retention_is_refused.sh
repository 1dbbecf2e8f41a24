# Complaint: a retention whose numbers are all 0 removes everything. It is refused, dry or not, with
# what to set; keep_failed alone keeps no backup, so it is as empty.
tree
off='--keep-last 0 --keep-good 0 --keep-within 0'
# shellcheck disable=SC2086 # words
expect 2 prune $off
missing backups
expect 0 backup
for more in '' --dry-run --json '--keep-failed 10' '--keep-failed 0'; do
  # shellcheck disable=SC2086 # words
  expect 2 prune $off $more
  says 'retention is empty: set keep_last'
done
exists "backups/$(newest)"
# shellcheck disable=SC2086 # words
expect 0 prune $off --keep-tags v1
