# Owed: `finish` and `recover` run it once: not again when the crash came after it.
tree
crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy "exit 7" \
  --rollback-command "echo done >>rollbacks"
in_phase restored
times 1 rollbacks
expect 0 recover
times 1 rollbacks
is_old action_service
no_journal
