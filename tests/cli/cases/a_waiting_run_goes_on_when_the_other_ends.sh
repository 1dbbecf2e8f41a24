# A lock held by a living process: everyone waits; and goes on when it is free.
tree
start run --deploy "touch reached; until [ -e go ]; do read -r x </dev/null || :; done"
first=$started
until_true 20 test -e reached
start run --deploy "echo second >>deploys" --lock-wait 60s
until_true 20 grep -q "Waiting up to 1m for another run" started.out
missing deploys
touch go
ended || fail "the second run failed: $(cat started.out)"
wait "$first" || fail "the first run failed"
times 1 deploys
times 2 "$history"
