# At 3 a.m. nobody types a time stamp: the newest evidence is called `failed`, and an ID may end early.
tree
expect 0 run --generate "$(generate_word v1)" --deploy true
first=$(newest)
expect 21 run --generate "$(generate_word v2)" --deploy 'exit 1' --rollback-command true
for name in failed failed/latest; do
  expect 0 show $name
  says 'failed/20'
  expect 0 diff latest $name
done
expect 0 diff "$first" failed
says '+echo v2'
expect 0 rollback --to failed --dry-run
says 'failed/20'

# As long as it is one alone that begins so.
mkdir -p other && cp -r services other/ && cd other || exit 1
expect 0 backup
id=$(newest)
expect 0 show "${id%%_*}"
says "$id"
expect 0 rollback --to "${id%??}" --dry-run
says "$id"
echo 2 >>services/action_service/entrypoint.sh
expect 0 backup
expect 2 show "${id%%_*}"
says "2 backups begin with '${id%%_*}', from $id to "
expect 2 rollback --to 1999
says "there is no backup '1999'"
