# From restoring on the files are finished first; a stopped rollback command stays owed.
tree
start run --generate "$(generate_word v1)" --deploy 'exit 5' --rollback-command "echo x >>ran; [ -e reached ] || { $(hang reached); }"
until_true 20 test -e reached
kill -TERM "$started"
ended; [ $? = 143 ] || fail "not 143: $(cat started.out)"
cp started.out out
answer_says "unknown: the old files are back"
says "deploy exited with 5"
is_old
in_phase restored
expect 21 recover
times 2 ran
no_journal
