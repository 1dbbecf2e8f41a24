# `finish` and `recover` run it once (22: the journal is kept, `recover` is named).
tree
crash_in deploy --generate "$(generate_word new)" --rollback-command "[ -e fixed ] && echo done >>rollbacks"
expect 22 recover
says "The rollback failed"
says "backstep recover"
in_phase restored
record | grep -q '"owed":true' || fail "the command is not owed any more"
is_old action_service
touch fixed
expect 21 recover
times 1 rollbacks
no_journal
