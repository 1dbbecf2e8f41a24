# By hand too: rolled back, but the check fails: 21, and said.
tree
quick_checks
expect 0 backup
sh -c "$(generate_word v1)"
expect 21 rollback --rollback-command true --health-check 'exit 3'
is_old
says "             backstep rollback --to failed/"
answer_says "STILL UNHEALTHY"
no_journal
