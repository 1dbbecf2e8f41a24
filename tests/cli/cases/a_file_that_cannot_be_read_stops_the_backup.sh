# An unreadable file: exit 6, one line with path and cause, nothing is deployed, no half backup is seen.
tree
chmod 000 "$(entrypoint)"
become_nobody
expect 6 backup
says "services/action_service/entrypoint.sh"
says "Permission denied"
one_line
expect 6 run --generate 'touch ran' --deploy 'touch ran'
missing ran
[ -z "$(backups)" ] || fail "a backup was made"
no_journal
