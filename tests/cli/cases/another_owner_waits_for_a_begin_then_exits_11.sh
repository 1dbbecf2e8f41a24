# A `begin` within its `guard_timeout`: another owner waits, then 11.
tree
expect 0 begin --owner first
open=$(cat "$journal")
for verb in "run --deploy true" begin backup rollback; do
  # shellcheck disable=SC2086 # a verb and its flag
  expect 11 $verb --owner second --lock-wait 300ms
  says "of first, begun"
  says "gave up after lock_wait (300ms)"
done
[ "$(cat "$journal")" = "$open" ] || fail "the open journal was changed"
