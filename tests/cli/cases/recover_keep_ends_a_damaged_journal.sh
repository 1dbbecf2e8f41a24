# `--keep` leaves the files and ends the journal: also one that nobody can read.
tree
crash_in deploy --generate "$(generate_word new)"
for damage in '{"backstep": "jour' '' 'null' '{"backstep": "journal", "format": "one"}' '{"backstep": "journal", "format": 1}'; do
  printf '%s' "$damage" >"$journal"
  for verb in "run --deploy true" "finish --status failure" recover "recover --restore"; do
    # shellcheck disable=SC2086 # a verb and its flags
    expect 3 $verb
    says "backstep recover --keep"
  done
  expect 0 recover --keep
  no_journal
  is_word new
done
