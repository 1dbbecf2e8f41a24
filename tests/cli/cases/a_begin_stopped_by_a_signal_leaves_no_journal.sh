# A `begin` stopped before it returns leaves no journal.
tree
before=$(snapshot)
start begin --health-check "$(hang reached)" --health-timeout 30s
until_true 20 test -e reached
kill -TERM "$started"
ended; status=$?
[ $status -eq 143 ] || fail "begin exited with $status: $(cat started.out)"
no_journal
missing "$history"
rm -f reached started.out
[ "$(snapshot)" = "$before" ] || fail "a file was changed"
expect 0 finish --status failure
