# list --limit has the newest sets; history --since what is newer than so long ago, or than that day.
need python3
tree
for word in v1 v2 v3; do backup_of $word; done
expect 0 list --limit 2 --json
json '[s["id"] for s in d["sets"]]' >last
expect 0 list --json
[ "$(json '[s["id"] for s in d["sets"]][-2:]')" = "$(cat last)" ] || fail 'the newest two are others'
expect 2 list --limit 0
says "--limit: '0' is not a whole number from 1"
expect 0 run --deploy true
expect 0 run --deploy true
# The first of them was ten days ago.
sed -i -E "1s/\"time\":\"[^\"]*\"/\"time\":\"$(date -u -d '-10 days' +%FT%TZ)\"/" "$history"
runs_since() { expect 0 history --json --since "$1"; json 'len(d["runs"])'; }
[ "$(runs_since 11d)" = 2 ] || fail 'the old one is not newer than 11 days'
[ "$(runs_since 9d)" = 1 ] || fail 'the old one is newer than 9 days'
[ "$(runs_since "$(date -u -d '-9 days' +%F)")" = 1 ] || fail 'the old one is newer than that day'
[ "$(runs_since "$(date -u -d '-11 days' +%F)")" = 2 ] || fail 'the old one is not newer than that day'
[ "$(runs_since 2099-01-01)" = 0 ] || fail 'something is newer than the future'
expect 0 history --since 11d --limit 1
[ "$(wc -l <out)" = 2 ] || fail 'not one line below the heading'
for wrong in 2026-02-30 yesterday 7days; do
  expect 2 history --since $wrong
  says "--since: '$wrong' is neither a duration like 7d nor a day like 2026-11-01"
done
