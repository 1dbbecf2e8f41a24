# `finish` and `recover` run it once, and a crashed `run` of the same owner is settled whatever the status.
tree
start run --generate "$(generate_word new)" --deploy "$(hang reached)" --rollback-command "echo done >>rollbacks"
until_true 20 test -e reached
kill -TERM "$started"
ended; status=$?
[ $status -eq 143 ] || fail "the stopped run exited with $status"
missing rollbacks
expect 21 finish --status success
times 1 rollbacks
expect 0 finish --status success
times 1 rollbacks
no_journal
