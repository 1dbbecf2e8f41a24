# `finish --status` success: without a check it is accepted.
tree
expect 0 begin --rollback-command "echo done >>rollbacks"
eval "$(generate_word new)"
expect 0 finish --status success
is_word new
missing rollbacks
recorded accepted
no_journal
