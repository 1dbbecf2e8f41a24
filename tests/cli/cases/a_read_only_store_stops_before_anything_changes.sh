# A store that cannot be written: 6, nothing changed; what only looks still works.
own_mounts
tree
expect 0 backup
sh -c "$(generate_word v1)"
{ mount --bind backups backups && mount -o remount,bind,ro backups; } || skip "no bind mount here"
before=$(snapshot)
for verb in backup rollback begin "run --generate false --deploy false"; do
  # shellcheck disable=SC2086 # words
  expect 6 $verb
  says "nothing was changed"
  says "Read-only file system"
  one_line
done
[ "$(snapshot)" = "$before" ] || fail "something changed"
for verb in list "show latest" verify status history "rollback --dry-run" "prune --dry-run"; do
  # shellcheck disable=SC2086 # words
  expect 0 $verb
done
