# `--keep` reads no set: what a killed restore staged goes by what the journal names, files that
# only the backup has among them.
tree
crash_in rollback-command --generate "rm services/action_service/entrypoint.sh" --deploy false
edit_record 's/"phase":"restored"/"phase":"restoring"/'
mv services/action_service/entrypoint.sh services/action_service/.entrypoint.sh.backstep-new
touch services/typesense_client_service/.entrypoint.sh.backstep-new
for manifest in backups/*/_manifest.jsonl; do
  echo damaged >"$manifest"
done
expect 0 recover --keep
says_not "warning"
missing services/action_service/.entrypoint.sh.backstep-new
missing services/typesense_client_service/.entrypoint.sh.backstep-new
missing services/action_service/entrypoint.sh
no_journal
