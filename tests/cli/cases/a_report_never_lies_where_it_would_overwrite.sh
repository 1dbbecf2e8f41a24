# Reports are written without asking, so what runs, tools or git go by is no place for them: the store, the
# services, settings, pipelines, tracked files, and any .git wherever it lies.
tree
mkdir -p sub/.git/hooks apps/web/service && echo x >compose.yml
expect 0 run --deploy true
cp backups/.backstep/history.jsonl before
refused() { # refused PLACE [ARGUMENT…]
  local place=$1
  shift
  for report in --dotenv-report --junit-report; do
    expect 2 run --deploy true $report "$place" "$@"
    says 'it is written without asking'
  done
}
for place in backups/.backstep/history.jsonl backups/x "$(entrypoint)" .git/config; do refused "$place"; done
for place in .git sub/.git/hooks/post-checkout ./sub//.git/config site.git/hooks/post-receive; do
  refused "$place"
done
# Also where no such file is there yet: the next run or tool would go by it.
for place in backstep.yml backstep.production.yml sub/backstep.yml .gitlab-ci.yml .github/workflows/ci.yml; do
  refused "$place"
  missing "$place"
done
refused compose.yml --files compose.yml
refused apps/web/service/entrypoint.sh --services-dir 'apps/*'
echo 'deploy: "true"' >mine.yml
refused mine.yml --config mine.yml
cmp before backups/.backstep/history.jsonl || fail 'the history was overwritten'

# By a pattern nobody can tell beforehand whose a file is. What is no report of ours stays, and that changes
# nothing of the run; a report of an earlier run is written anew.
for report in --dotenv-report --junit-report; do
  expect 0 run --deploy true $report compose.yml --files '*.yml'
  says "'compose.yml' is no report of backstep, and stays"
  [ "$(cat compose.yml)" = x ] || fail 'the file was replaced'
done
echo 'BACKSTEP_DEPLOY=true' >own.env
expect 0 run --deploy true --dotenv-report own.env
holds own.env BACKSTEP_DEPLOY=true
: >empty.xml
for _ in 1 2; do
  expect 0 run --deploy true --dotenv-report reports.env --junit-report empty.xml
  says_not 'no report of backstep'
  holds reports.env BACKSTEP_RESULT=accepted
  holds empty.xml '<testsuite name="backstep"'
  sed -i 's/^BACKSTEP_RESULT=.*/BACKSTEP_RESULT=old/' reports.env
done
