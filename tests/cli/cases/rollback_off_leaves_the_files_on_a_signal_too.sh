# Rollback off: 128+n on a signal, and nothing is restored.
tree
start run --rollback false --generate "$(generate_word v1)" --deploy "$(hang reached)"
until_true 20 test -e reached
kill -TERM "$started"
ended; [ $? = 143 ] || fail "not 143: $(cat started.out)"
is_word v1
no_journal
recorded unrestored
