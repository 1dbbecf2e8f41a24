# `finish` and `recover` run it once (21: rolled back, still unhealthy).
tree
crash_in deploy --check-baseline false --generate "$(generate_word new)" --health-check "exit 1" \
  --health-retries 1 --health-start-period 0s --rollback-command "echo done >>rollbacks"
expect 21 recover
says "STILL UNHEALTHY"
times 1 rollbacks
no_journal
