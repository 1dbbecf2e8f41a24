# Settling from deploying ends at `restored` with the rollback command owed; `recover` runs it once (21).
tree
crash_in deploy --generate "$(generate_word new)" --rollback-command "cat $(entrypoint) >>rollbacks"
in_phase deploying
expect 21 recover
is_old action_service
times 2 rollbacks
holds rollbacks "echo old action_service"
recorded rolled_back
no_journal
expect 0 recover
says "no run is open"
times 2 rollbacks
