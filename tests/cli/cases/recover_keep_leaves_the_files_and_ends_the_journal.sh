# `--keep` leaves the files and ends the journal.
tree
crash_in deploy --generate "$(generate_word new)" --rollback-command "echo done >>rollbacks"
expect 0 recover --keep
is_word new
is_word new typesense_client_service
missing rollbacks
recorded kept
no_journal

# What a killed restore had staged goes.
crash_in rollback-command --generate "$(generate_word newer)" --deploy false
edit_record 's/"phase":"restored"/"phase":"restoring"/'
touch services/action_service/.entrypoint.sh.backstep-new backups/.backstep/.journal.json.backstep-new
expect 0 recover --keep
missing services/action_service/.entrypoint.sh.backstep-new
missing backups/.backstep/.journal.json.backstep-new
no_journal
