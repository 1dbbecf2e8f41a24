# A new `run` or `rollback` says so, drops the debt and goes on, since its own command pays it.
tree
for next in "run --deploy true" "rollback --files-only" begin; do
  rm -f rollbacks
  crash_in deploy --generate "$(generate_word new)" --rollback-command "echo done >>rollbacks"
  # shellcheck disable=SC2086 # a verb and its flags
  expect 0 $next
  says "has still to run; it is dropped"
  missing rollbacks
  if [ "$next" = begin ]; then expect 0 finish --status success; fi
  no_journal
done
