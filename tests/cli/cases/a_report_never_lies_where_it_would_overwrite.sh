# Reports are written without asking, so the store, the services and .git are no place for them.
tree
expect 0 run --deploy true
cp backups/.backstep/history.jsonl before
for place in backups/.backstep/history.jsonl backups/x "$(entrypoint)" .git/config; do
  expect 2 run --deploy true --dotenv-report "$place"
  says 'it is written without asking'
  expect 2 run --deploy true --junit-report "$place"
done
cmp before backups/.backstep/history.jsonl || fail 'the history was overwritten'
