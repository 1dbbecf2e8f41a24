# The one version that is known lies there, and no backup would change a file.
tree
quick_checks; export BACKSTEP_HEALTH_MIN_HEALTHY_TIME=0s
expect 0 run --generate true --deploy true --health-check true
before=$(snapshot)
expect 10 rollback --rollback-command "touch ran"
missing ran
[ "$(snapshot)" = "$before" ] || fail "something was changed"
no_journal
