# A last line of the history with a date far ahead, or with no date at all, neither stops the runs to
# come nor moves their names.
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
for run in 9999-12-31_23-59-59 2099-01-01_00-00-00 zzz; do
  printf '{"format":1,"run":"%s","event":"accepted","time":"2024-03-10T14:23:00Z","exit_code":0}\n' "$run" >>"$history"
  expect 0 run --generate "$(generate_word "for-$run")" --deploy true
  newest | grep -q "^$(date -u +%Y)-" || fail "after $run the newest is $(newest)"
done
