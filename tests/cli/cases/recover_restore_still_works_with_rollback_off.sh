# Rollback off: `rollback` and `recover --restore` still work.
tree
crash_in deploy --rollback false --generate "$(generate_word new)" --rollback-command "echo done >>rollbacks"
expect 21 recover --restore
is_old action_service
times 1 rollbacks
no_journal
