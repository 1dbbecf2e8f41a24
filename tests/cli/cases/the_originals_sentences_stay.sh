# What a person reads: the original's sentences stay.
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
grep -qx "✅ Backup created: backups/$(newest)/" out || fail "no backup sentence"
grep -qx '✅ Generated entrypoint.sh for action_service' out || fail "no generated sentence"
rm -r services/typesense_client_service
expect 0 rollback
grep -qx "✅ Restored action_service from $(newest)" out || fail "no restored sentence"
grep -qx '⚠️ Warning: Service typesense_client_service does not exist. Skipping.' out || fail "no warning"
grep -qx '✔ Rollback completed successfully.' out || fail "no last sentence"
