# A new run drops the debt only when its own deploy begins: if its generator fails, it is still owed.
tree
crash_in deploy --rollback-command false
"$BACKSTEP" recover --rollback-command false >out 2>&1
expect 5 run --generate false --deploy 'echo deployed' --rollback-command 'echo paid'
says "still owed"
answer_says "services: unknown"
in_phase restored
expect 21 recover
says "paid"
no_journal
