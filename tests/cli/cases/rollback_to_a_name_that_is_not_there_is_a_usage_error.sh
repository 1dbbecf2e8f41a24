# --to ID|latest|last-good|failed/ID: another name is 2, no good one is 10, and nothing changes.
tree
expect 0 backup
sh -c "$(generate_word v1)"
before=$(snapshot)
for name in 2024-03-10_14-23-00 failed/2024-03-10_14-23-00 ../x "$(newest)/" nonsense; do
  expect 2 rollback --to "$name"
  says "there is no backup '$name'"
done
expect 10 rollback --to last-good
says "good"
[ "$(snapshot)" = "$before" ] || fail "something changed"
no_journal
