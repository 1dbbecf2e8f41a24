# A retention that would keep nothing is a mistake like any other setting's: run and begin refuse it with
# 2 before the generator runs, and not by a warning behind the deploy.
tree
off='--keep-last 0 --keep-good 0 --keep-within 0'
for verb in run begin; do
  # shellcheck disable=SC2086 # words
  expect 2 $verb $off --generate 'touch ran' --deploy 'touch ran'
  says 'retention is empty: set keep_last'
  missing ran
  missing backups
done
