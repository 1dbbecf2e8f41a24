# A store that is nobody's tree's remembers whose it is; a stranger is refused before anything changes.
store=$PWD/store
for p in shop blog; do mkdir $p && (cd $p && tree); done
cd shop && expect 0 run --backups-dir "$store" --deploy true
before=$(cd "$store" && find . | sort)
cd ../blog || exit 1
for verb in 'run --deploy true' backup rollback begin prune 'mark good'; do
  # shellcheck disable=SC2086 # words
  expect 6 $verb --backups-dir "$store"
  says "holds the backups of the checkout in '$(dirname "$PWD")/shop', and this is '$PWD'"
  says 'project:'
done
expect 6 backup --backups-dir "$store" --environment blog
[ "$before" = "$(cd "$store" && find . | sort)" ] || fail 'the store has changed'
# Who only looks, or ends what is open, is not refused.
for verb in list status history verify recover 'finish --status failure'; do
  # shellcheck disable=SC2086 # words
  expect 0 $verb --backups-dir "$store"
done
# What both say outranks where they lie; the strongest hint that both know decides.
cd ../shop && expect 0 backup --backups-dir "$store" --project ours
cd ../blog && expect 0 backup --backups-dir "$store" --project ours
expect 6 backup --backups-dir "$store" --project theirs
says "of the project 'ours', and this is 'theirs'"
GITHUB_REPOSITORY_ID=7 expect 0 backup --backups-dir "$store" --project ours
GITHUB_REPOSITORY_ID=8 expect 6 backup --backups-dir "$store"
says "of GITHUB_REPOSITORY_ID '7', and this is '8'"
# In the workspace it is always one's own.
mv "$store" backups
expect 0 backup --project theirs
