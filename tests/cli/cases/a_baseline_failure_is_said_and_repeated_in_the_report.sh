# Already unhealthy: said, and repeated in the report.
tree
quick_checks
expect 21 run --generate "$(generate_word v1)" --deploy true --health-check 'exit 6'
grep -q '^⚠️ Warning: the health check fails already before the deploy (exited with 6)' out || fail "not said"
grep -q '^   note: *the health check failed already before the deploy' out || fail "not repeated"
says_not "known bad"
