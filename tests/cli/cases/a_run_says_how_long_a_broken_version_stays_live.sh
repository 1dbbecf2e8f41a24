# What the settings of the check mean together is told before the deploy, in a sentence: how long a broken
# version stays live until the check gives up.
tree
run=(run --deploy true --health-check true --health-min-healthy-time 0s)
expect 0 "${run[@]}"
head -n 1 out | grep -qx 'If this version is broken, it stays live for about 40 s until the health check gives up, 1 m 40 s if each attempt hangs' || fail "it says: $(head -n 1 out)"
expect 0 "${run[@]}" --dry-run --health-start-period 0s --health-retries 1
says 'If this version is broken, it would stay live until the first attempt of its check fails, 30 s if that hangs'
expect 0 run --deploy true
says_not 'stays live'
