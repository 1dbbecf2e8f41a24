# A lock held by a living process: everyone waits up to `lock_wait`, then exits 11 (and hears who holds it).
tree
BACKSTEP_OWNER=first start run --deploy "$(hang reached)"
until_true 20 test -e reached
before=$(snapshot services)
for verb in "run --deploy true" begin backup rollback prune recover finish "mark good"; do
  # shellcheck disable=SC2086 # a verb and its word
  expect 11 $verb --lock-wait 300ms --owner second
  says "run by first since"
  says "gave up after lock_wait (300ms)"
done
[ "$(snapshot services)" = "$before" ] || fail "a waiting call changed the services"
