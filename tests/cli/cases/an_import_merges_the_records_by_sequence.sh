# verdicts and history: each line once, in order of their sequence, whatever was torn and whatever
# their clocks said.
a_good_v1
write() { sed -i -E "s/\"sequence\":[0-9]+/\"sequence\":5/" "$1"; }
write "$history"
expect 0 export one.tar
mkdir two
cd two || exit
mkdir -p backups/.backstep
line() { printf '{"format":1,"run":"%020d","sequence":%s,"event":"accepted","time":"%s","exit_code":0,"x":1}\n' "$1" "$1" "$2"; }
{ line 1 2099-01-01T00:00:00Z; echo broken; line 9 2020-01-01T00:00:00Z; printf '{"format":1,"ru'; } >"$history"
expect 0 import ../one.tar --dry-run
says "1 line of history"
times 4 "$history"
expect 0 import ../one.tar
{ line 1 2099-01-01T00:00:00Z; echo broken; cat "../$history"; line 9 2020-01-01T00:00:00Z; } | diff - "$history" || fail "not merged"
cmp backups/.backstep/verdicts.jsonl ../backups/.backstep/verdicts.jsonl || fail "verdicts"
before=$(stat -c '%i %Y' "$history")
expect 0 import ../one.tar
[ "$(stat -c '%i %Y' "$history")" = "$before" ] || fail "written again"
[ "$(stat -c %a "$history")" = 600 ] || fail "mode"
