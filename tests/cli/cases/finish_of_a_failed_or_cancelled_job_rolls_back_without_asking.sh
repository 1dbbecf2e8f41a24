# failure (failed, timedout) and cancelled (canceled): roll back without asking first.
tree
for status in failure failed timedout cancelled canceled; do
  rm -f rollbacks asked
  expect 0 begin --rollback-command "[ ! -e asked ] && echo done >>rollbacks"
  eval "$(generate_word new)"
  expect 20 finish --status $status --health-check "touch asked"
  is_old action_service
  is_old typesense_client_service
  times 1 rollbacks
  says_not "the job's status is"
  no_journal
done
