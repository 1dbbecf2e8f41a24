# restored(what is owed): durable before what it names begins.
tree
crash_in rollback-command --generate "$(generate_word new)" --deploy "exit 7"
in_phase restored
is_old action_service
expect 21 recover
says "rollback:"
no_journal
