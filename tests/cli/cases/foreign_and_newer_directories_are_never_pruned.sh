# Complaint: a clean-up takes what it does not know. Foreign names, sets of a newer version and
# damaged ones stay, the latter two with their reason, and take nobody's place.
tree
backup_of v1; newer=$(newest)
sed -i '1s/"format":1/"format":2/' "backups/$newer/_manifest.jsonl"
backup_of v2; damaged=$(newest)
: >"backups/$damaged/_manifest.jsonl"
backup_of v3; gone=$(newest)
backup_of v4; last=$(newest)
mkdir backups/notes.d backups/2024-99-99_00-00-00
expect 0 prune --keep-last 1 --keep-good 0 --keep-within 0
grep -q "^$newer .*keep .*written by a newer version" out || fail "the newer one has not its reason"
grep -q "^$damaged .*keep .*damaged" out || fail "the damaged one has not its reason"
missing "backups/$gone"
for name in "$newer" "$damaged" "$last" notes.d 2024-99-99_00-00-00; do exists "backups/$name"; done
last_line_says 'Kept 3 sets, removed 1 ('
