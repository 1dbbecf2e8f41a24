# Exit 6: backup or pre-flight failed, nothing changed (a begin that failed will never be finished).
tree
expect 6 begin --health-check "mkdir backups/.backstep/history.jsonl"
says "cannot begin, nothing was changed"
no_journal
is_old action_service
