# A rollback command that was mistyped can be corrected: recover takes the one it is given.
tree
expect 22 run --generate "$(generate_word new)" --deploy false --rollback-command 'true && no-such-program'
expect 22 recover
expect 21 recover --rollback-command 'echo back again'
says "back again"
is_old
no_journal
