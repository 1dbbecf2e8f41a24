# Rollback off: nothing is restored after a crash; the journal ends with an `unrestored` line in the history.
tree
crash_in deploy --rollback false --generate "$(generate_word new)" --rollback-command "echo done >>rollbacks"
expect 0 run --deploy true
says "rollback is off, so its files stay"
is_word new
missing rollbacks
recorded unrestored
no_journal
