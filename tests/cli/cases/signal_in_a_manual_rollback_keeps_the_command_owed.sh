# A manual rollback writes the same journal: stopped in its command, the files are back, the rest owed.
tree
expect 0 backup
sh -c "$(generate_word v1)"
start rollback --rollback-command "echo x >>ran; [ -e reached ] || { $(hang reached); }"
until_true 20 test -e reached
kill -INT "$started"
ended; [ $? = 130 ] || fail "not 130: $(cat started.out)"
is_old
in_phase restored
expect 0 recover
times 2 ran
no_journal
