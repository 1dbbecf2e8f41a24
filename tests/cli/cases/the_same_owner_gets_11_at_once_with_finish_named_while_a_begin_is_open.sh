# A `begin` within its `guard_timeout`: the same owner gets 11 at once, with `finish` named.
tree
expect 0 begin
open=$(cat "$journal")
for verb in "run --deploy true" begin backup rollback; do
  # shellcheck disable=SC2086 # a verb and its flag
  expect 11 $verb --lock-wait 50s
  says "backstep finish --status success|failure"
  says_not "Waiting"
done
[ "$(cat "$journal")" = "$open" ] || fail "the open journal was changed"
