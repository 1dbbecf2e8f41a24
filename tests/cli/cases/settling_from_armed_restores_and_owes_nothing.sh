# Settling goes on, from earlier phases, to this run's backup; only from deploying or deployed is the
# rollback command owed.
tree
BEFORE=$(generate_word half) crash_in generate --deploy "echo deploy >>deploys"
in_phase armed
expect 0 recover
is_old action_service
is_old typesense_client_service
missing deploys
recorded restored
no_journal
