# The one version that is known lies there, and no backup would change a file. A dry run says so, which is its answer.
tree
quick_checks; export BACKSTEP_HEALTH_MIN_HEALTHY_TIME=0s
expect 0 run --generate true --deploy true --health-check true
before=$(snapshot)
expect 10 rollback --rollback-command "touch ran"
missing ran
[ "$(snapshot)" = "$before" ] || fail "something was changed"
no_journal
for service in '' '--service action_service'; do
  # shellcheck disable=SC2086 # words
  expect 0 rollback --dry-run $service
  says 'Would do nothing: every backup is as what lies here, or says nothing of it: there is no other version to roll back to'
done
