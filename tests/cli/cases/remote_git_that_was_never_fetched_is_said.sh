# On a fresh clone the store here knows less than the remote: whoever looks is told, with what to type.
fresh_project
quick_checks
on_runner one
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$says_v1"
on_runner two
warned="what the remote holds was never fetched here and does not count: type 'backstep pull'"
looks() { "$1" "$warned"; [ "$(grep -cF "$warned" out)" -le 1 ] || fail 'it is said more than once'; }
all_looks() {
  expect 0 list; looks "$1"
  expect 0 history; looks "$1"
  expect 0 run --dry-run --deploy true; looks "$1"
  expect "$2" rollback --dry-run; looks "$1"
}
all_looks says 10
missing backups
expect 0 status
says 'remote     never fetched here: what it holds does not count'
says '           backstep pull'
cp backstep.yml ci.yml
expect 0 run --dry-run --deploy true --config ci.yml
says "type 'backstep pull --config ci.yml'"
rm ci.yml
expect 0 pull
all_looks says_not 0
says 'Would roll back to'
expect 0 status
says 'remote     refs/backstep/'
says_not '           backstep pull'
# Nothing is there: that is known, too.
git -C "$project" update-ref -d "$(git -C "$project" for-each-ref --format='%(refname)' refs/backstep)"
on_runner three
expect 0 pull
expect 0 list
says_not "$warned"
