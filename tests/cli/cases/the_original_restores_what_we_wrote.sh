# <service>_entrypoint.sh, flat: the original script can restore it.
need python3
tree
expect 0 backup
sh -c "$(generate_word v1)"
expect 0 backup --files services/action_service/entrypoint.sh
echo new >"$(entrypoint)"
mkdir backups/.tmp; rmdir backups/.tmp
python3 "$CASES/../support/original_rollback.py" >out 2>&1 || fail "the original algorithm failed"
is_word v1
is_word v1 typesense_client_service
rm -r "backups/$(newest)"
python3 "$CASES/../support/original_rollback.py" >out 2>&1 || fail "the original algorithm failed"
is_old
[ -x "$(entrypoint)" ] || fail "not executable any more"
