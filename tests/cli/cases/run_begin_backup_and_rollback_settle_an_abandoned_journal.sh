# `run begin backup rollback` settle an abandoned journal before they start.
tree
expect 0 backup
for verb in "run --deploy true" begin backup "rollback --files-only"; do
  crash_in generate
  eval "$(generate_word half)"
  in_phase armed
  # shellcheck disable=SC2086 # a verb and its flag
  expect 0 $verb
  says "did not end; 2 files restored"
  is_old action_service
  is_old typesense_client_service
  if [ "$verb" = begin ]; then expect 0 finish --status success; fi
  no_journal
done
