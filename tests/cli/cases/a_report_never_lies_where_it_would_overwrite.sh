# Reports are written without asking, so what runs, tools or git go by is no place for them: the store, the
# services, settings, pipelines, tracked files, and any .git wherever it lies.
tree
mkdir -p sub/.git/hooks apps/web/service && echo x >stack.json
expect 0 run --deploy true
cp backups/.backstep/history.jsonl before
refused() { # refused PLACE [ARGUMENT…]
  local place=$1
  shift
  expect 2 run --deploy true --report "run.html,$place" "$@"
  says 'it is written without asking'
}
for place in backups/.backstep/journal.json backups/x.env .git/x.json sub/.git/hooks/x.env ./sub//.git/x.xml site.git/x.html; do
  refused "$place"
done
# What is no name of a report is not written over either, nor where no such file is there yet.
for place in backstep.yml backups/.backstep/history.jsonl "$(entrypoint)" .git .github/workflows/ci.yml sub/.git/hooks/post-checkout; do
  expect 2 run --deploy true --report "$place"
  says "'$place' ends with none of .html .json .xml .env"
done
missing backstep.yml
refused services/action_service/run.env --entrypoint-file run.env
refused stack.json --files stack.json
refused apps/web/service/run.env --services-dir 'apps/*' --entrypoint-file run.env
cmp before backups/.backstep/history.jsonl || fail 'the history was overwritten'

# By a pattern nobody can tell beforehand whose a file is. What is no report of ours stays, and that changes
# nothing of the run; a report of an earlier run is written anew.
for report in stack.json stack.xml stack.html stack.env; do
  echo x >$report
  expect 0 run --deploy true --report $report --files 'stack.*'
  says "'$report' is no report of backstep, and stays"
  [ "$(cat $report)" = x ] || fail 'the file was replaced'
done
echo 'BACKSTEP_DEPLOY=true' >own.env
expect 0 run --deploy true --report own.env
holds own.env BACKSTEP_DEPLOY=true
: >empty.xml
for _ in 1 2; do
  expect 0 run --deploy true --report reports.env,empty.xml,run.html,run.json
  says_not 'no report of backstep'
  holds reports.env BACKSTEP_RESULT=accepted
  holds empty.xml '<testsuite name="backstep"'
  sed -i 's/^BACKSTEP_RESULT=.*/BACKSTEP_RESULT=old/' reports.env
done
