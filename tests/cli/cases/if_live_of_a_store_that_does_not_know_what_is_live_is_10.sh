# "Something else is live" must be known: where nothing ever went live, or nobody can tell, it is 10.
tree
expect 0 backup
sh -c "$(generate_word v1)"
before=$(snapshot)
for wanted in run:nobody-knows owner:ada "digest:$(printf '%064d' 0)"; do
  expect 10 rollback --if-live "$wanted" --rollback-command "touch ran"
  missing ran
  [ "$(snapshot)" = "$before" ] || fail "$wanted: something was changed"
done
expect 2 rollback --if-live nonsense
