# Directories without a manifest are listed as unverified, restore as the original did, never remove anything.
need python3
tree
python3 "$CASES/../support/original_backup.py" 2024-03-10_14-23-00 || fail "no backup"
sh -c "$(generate_word v1)"
tree added; rm -r services/typesense_client_service
expect 0 list
grep -q '2024-03-10_14-23-00 .*unverified' out || fail "not listed as unverified"
expect 0 rollback --exact
says "✅ Restored action_service from 2024-03-10_14-23-00"
says "⚠️ Warning: Service typesense_client_service does not exist. Skipping."
is_old
exists services/added/entrypoint.sh
says "so nothing is removed"
expect 0 show 2024-03-10_14-23-00
says unverified
expect 0 verify
