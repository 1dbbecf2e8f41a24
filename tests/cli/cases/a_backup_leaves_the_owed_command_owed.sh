# Owed: `finish` and `recover` run it; a new `run` or `rollback` drops the debt (a `backup` runs nothing).
tree
crash_in deploy --generate "$(generate_word new)" --rollback-command "echo done >>rollbacks"
expect 0 backup
in_phase restored
is_old action_service
missing rollbacks
expect 21 recover
times 1 rollbacks
no_journal
