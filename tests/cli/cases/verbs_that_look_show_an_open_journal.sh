# Every other verb takes no lock, changes nothing, and shows an open journal.
tree
crash_in deploy
backup=$(newest)
run=$(open_run)
expect 0 status
says "$run (run), phase deploying"
for verb in list "show $backup" diff "diff $backup" verify history config "check --health-check true"; do
  # shellcheck disable=SC2086 # a verb and its words
  expect 0 $verb
  says "Run $run is open (deploying)"
done
expect 0 list --json
"$BACKSTEP" list --json 2>/dev/null | grep -q "is open" && fail "the note is in the JSON"
:
