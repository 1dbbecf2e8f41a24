# No store, no such set, nothing known good yet: 2, with what to do.
tree
expect 2 diff
says "there are no backups in 'backups' yet"
missing backups
expect 0 backup
expect 2 diff 2024-03-10_14-23-00
says "there is no backup '2024-03-10_14-23-00' (see 'list')"
expect 2 diff latest failed/2024-03-10_14-23-00
says "there is no backup 'failed/2024-03-10_14-23-00'"
expect 2 diff last-good
says "nothing is known good yet"
expect 2 diff a b c
says "c"
