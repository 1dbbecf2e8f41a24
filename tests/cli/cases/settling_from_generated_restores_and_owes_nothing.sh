# Settling goes on, from earlier phases, to this run's backup; only from deploying or deployed is the
# rollback command owed.
tree
crash_in deploy --generate "$(generate_word new)" --rollback-command "echo rollback >>rollbacks"
edit_record 's/"phase":"deploying"/"phase":"generated"/'
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
expect 0 recover
says "services/action_service/entrypoint.sh was changed after run"
is_word "by hand"
is_old typesense_client_service
missing rollbacks
no_journal
