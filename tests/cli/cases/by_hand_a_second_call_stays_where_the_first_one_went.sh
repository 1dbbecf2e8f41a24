# The last change on record is a rollback, and its target's files lie there: that target again, once more and
# once more, though an older version is known good too.
tree
run_version 0 v1
run_version 0 v2
run_version 0 v4
expect 0 rollback --rollback-command true
is_word v2
for _ in 1 2; do
  expect 0 rollback --rollback-command true
  is_word v2
  says "--to"
done
