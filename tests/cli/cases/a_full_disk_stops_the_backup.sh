# Disk full during backup: exit 6, nothing deployed, the earlier backup whole; with room it works again.
own_mounts
small_disk 300k backups
tree
expect 0 backup
head -c 1M /dev/zero >"$(entrypoint)"
expect 6 run --generate 'touch ran' --deploy 'touch ran'
says "No space left on device"
one_line
missing ran
no_journal
[ "$(backups | wc -l)" = 1 ] || fail "$(ls -A backups)"
expect 0 verify
echo small >"$(entrypoint)"
expect 0 backup
[ -z "$(find backups -maxdepth 1 -name '.*' ! -name .backstep)" ] || fail "leftovers: $(ls -A backups)"
