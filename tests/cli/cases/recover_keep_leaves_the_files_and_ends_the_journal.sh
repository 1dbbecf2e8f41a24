# `--keep` leaves the files and ends the journal.
tree
crash_in deploy --generate "$(generate_word new)" --rollback-command "echo done >>rollbacks"
expect 0 recover --keep
is_word new
is_word new typesense_client_service
missing rollbacks
recorded kept
no_journal
