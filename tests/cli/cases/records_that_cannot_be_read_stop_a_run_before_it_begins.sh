# How a run ends is written behind them: a new version that is live and cannot be recorded helps nobody.
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
truncate -s 65M backups/.backstep/history.jsonl
for verb in 'run --deploy' begin; do
  # shellcheck disable=SC2086 # words
  expect 6 ${verb/--deploy/--deploy true}
  says "cannot begin, nothing was changed: cannot read 'backups/.backstep/history.jsonl': it is larger than"
  says 'move it away'
done
no_journal
