# Already unhealthy: said, and repeated in the report. Before a first deploy that is no warning.
tree
quick_checks
expect 0 run --generate "$(generate_word v0)" --deploy 'touch deployed' --health-check 'test -e deployed' --health-min-healthy-time 0s
grep -q '^the health check fails already before the deploy (exited with 1), which is normal before a first deploy' out || fail "not said"
says_not '⚠️'
expect 21 run --generate "$(generate_word v1)" --deploy true --health-check 'exit 6'
grep -q '^⚠️ Warning: the health check fails already before the deploy (exited with 6)' out || fail "not said"
grep -q '^   note: *the health check failed already before the deploy' out || fail "not repeated"
says_not "known bad"
