# A new run drops the debt only when its own deploy begins: if its generator fails, it is still owed.
tree
crash_in deploy --rollback-command false
"$BACKSTEP" recover --rollback-command false >out 2>&1
expect 5 run --generate false --deploy 'echo deployed' --rollback-command 'echo paid'
says "still to run"
answer_says "unknown: the old files are back, the rollback command has still to run"
in_phase restored
expect 21 recover
says "paid"
no_journal
