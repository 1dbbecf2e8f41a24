# Production's backup is no version of staging.
tree
expect 0 backup --environment production
id=$(cd backups/production && echo 2*)
sleep 1.1
sh -c "$(generate_word v2)"
expect 0 backup --environment staging
for dry in '' --dry-run; do
  # shellcheck disable=SC2086 # no word at all
  expect 2 rollback --environment staging --to "$id" $dry
  says "'$id' is a set of the environment production: say --environment production"
done
is_word v2
expect 2 show "$id" --environment staging
says 'of the environment production'
expect 2 rollback --environment staging --to 2001-01-01_00-00-00
says_not 'of the environment'
expect 0 rollback --environment production --to "$id"
is_old
