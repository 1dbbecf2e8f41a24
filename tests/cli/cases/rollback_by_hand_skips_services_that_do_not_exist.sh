# It warns and skips services whose directory does not exist; --recreate makes them.
tree
expect 0 backup
rm -r services/action_service
sh -c "$(generate_word v1)"
expect 0 rollback
says "⚠️ Warning: Service action_service does not exist. Skipping."
missing services/action_service
is_old typesense_client_service
expect 0 rollback --recreate
is_old
[ "$(stat -c %a "$(entrypoint)")" = 755 ] || fail "the mode did not come back"
