# backup and rollback take --dry-run: what would be done is said, nothing is written anywhere.
tree
expect 0 backup --dry-run
says "services/action_service/entrypoint.sh"
missing backups
expect 0 backup
sh -c "$(generate_word v1)"
tree added
before=$(find . -path ./out -prune -o -printf '%p %i %m %s %T@\n' | sort)
expect 0 rollback --dry-run --exact --rollback-command 'touch ran'
says "Would roll back to $(newest)"
says "replace  services/action_service/entrypoint.sh"
says "remove   services/added/entrypoint.sh"
expect 0 backup --dry-run
expect 0 prune --dry-run --keep-last 1 --keep-within 0 --keep-good 0
[ "$(find . -path ./out -prune -o -printf '%p %i %m %s %T@\n' | sort)" = "$before" ] || fail "something was written"
