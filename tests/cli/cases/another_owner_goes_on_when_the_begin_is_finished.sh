# A `begin` within its `guard_timeout`: another owner waits (and goes on when its `finish` has come).
tree
expect 0 begin --owner first
BACKSTEP_OWNER=second start run --deploy "echo second >>deploys" --lock-wait 60s
until_true 20 grep -q "Waiting up to 1m for another run" started.out
missing deploys
expect 0 finish --owner first --status success
ended || fail "the second run failed: $(cat started.out)"
times 1 deploys
