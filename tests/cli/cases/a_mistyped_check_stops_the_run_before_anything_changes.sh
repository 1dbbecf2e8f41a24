# A check whose own program is missing or no program is exit 2; a list is executed as it is.
tree
for check in nosuchprogram '["nosuchprogram", "x"]' services/action_service; do
  echo "health_check: $check" >backstep.yml
  before=$(snapshot)
  expect 2 run --generate 'touch ran' --deploy 'touch ran'
  says "the health check cannot run"
  says "nothing was changed"
  missing ran
  no_journal
  [ "$(snapshot)" = "$before" ] || fail "something changed"
done
