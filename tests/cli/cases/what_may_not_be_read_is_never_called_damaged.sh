# "Permission denied" says nothing of what lies there. Only root or the owner can tell whether it is damaged.
tree
expect 0 backup
sh -c "$(generate_word v1)"
id=$(newest)
become_nobody
[ "$BACKSTEP" = "$PWD/as_nobody" ] || chmod 000 "backups/$id/action_service_entrypoint.sh"
if [ "$(id -u)" = 0 ]; then chown 0:0 "backups/$id/action_service_entrypoint.sh"; chmod 600 "backups/$id/action_service_entrypoint.sh"; fi
expect 1 verify
says "Permission denied"
says_not amaged
expect 6 rollback --files-only
says "cannot roll back to $id: cannot open"
says "Permission denied"
says_not amaged
is_word v1
# A manifest that may not be read.
if [ "$(id -u)" = 0 ]; then chown 0:0 "backups/$id/_manifest.jsonl"; chmod 600 "backups/$id/_manifest.jsonl"; else chmod 000 "backups/$id/_manifest.jsonl"; fi
expect 0 list
says UNREADABLE
says "Permission denied"
says_not DAMAGED
expect 1 show "$id"
says_not amaged
expect 1 verify
says_not amaged
