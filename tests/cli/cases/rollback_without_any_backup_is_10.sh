# ❌ No backups found. Cannot perform rollback. Nothing is made or changed.
tree
for flags in "" "--dry-run" "--to latest" "--to latest --dry-run"; do
  # shellcheck disable=SC2086 # words
  expect 10 rollback $flags
  says "❌ No backups found. Cannot perform rollback."
done
is_old
mkdir -p backups
expect 10 rollback
says "❌ No backups found. Cannot perform rollback."
[ -z "$(ls backups)" ] || fail "a backup came from nowhere"
