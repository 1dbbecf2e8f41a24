# `run begin backup rollback` settle an abandoned journal before they start.
tree
expect 0 backup
for verb in "run --deploy true" begin backup "rollback --files-only"; do
  crash_in generate
  eval "$(generate_word half)"
  in_phase armed
  # Settled, a rollback finds nothing that differs from what lies here.
  wanted=0; [ "$verb" != "rollback --files-only" ] || wanted=10
  # shellcheck disable=SC2086 # a verb and its flag
  expect $wanted $verb
  says "did not end; 2 files restored"
  is_old action_service
  is_old typesense_client_service
  if [ "$verb" = begin ]; then expect 0 finish --status success; fi
  no_journal
done
