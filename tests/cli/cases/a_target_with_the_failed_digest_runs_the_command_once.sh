# A target with the failed digest: files stay, the rollback command runs once, inconclusive.
tree
quick_checks
before=$(snapshot)
expect 21 run --deploy true --health-check 'exit 1' --rollback-command 'echo once >>ran'
times 1 ran
rm ran
[ "$(snapshot)" = "$before" ] || fail "the files did not stay"
expect 0 list
says_not "bad"
