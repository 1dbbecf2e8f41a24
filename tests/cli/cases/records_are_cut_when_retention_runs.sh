# verdicts and history: cut by an accepted run and by `prune` to what is stored, what is live and the last
# hundred. What was decided by them is decided as before; what failed before is still known.
verdicts=backups/.backstep/verdicts.jsonl
check='grep -qE "echo (v1|v3)" services/action_service/entrypoint.sh'
run() { "$BACKSTEP" run --generate "$(generate_word "$1")" --deploy true --health-check "$check"; }
at_most() { [ "$(wc -l <"$2")" -le "$1" ] || fail "$2 has $(wc -l <"$2") lines"; }

tree
quick_checks
run v1 >out 2>&1 || fail "v1"
run v2 >out 2>&1 && fail "v2"
by=$("$BACKSTEP" list --json)
add_past 2000
run v3 >out 2>&1 || fail "v3"
says_not "not removed"
at_most 230 "$history"
at_most 230 $verdicts
tail -n 1 "$history" | grep -q "$(last_run)" || fail "the run's own line"

# Of what is stored, who deployed it and whether it is good is known as before.
"$BACKSTEP" list --json >now.json
for set in $(echo "$by" | grep -o '"id": *"[^"]*"' | cut -d'"' -f4); do
  before=$(echo "$by" | tr -d ' \n' | grep -o "\"id\":\"$set\"[^}]*}" | sed 's/,current//; s/,live//')
  now=$(tr -d ' \n' <now.json | grep -o "\"id\":\"$set\"[^}]*}" | sed 's/,current//; s/,live//')
  [ "$before" = "$now" ] || fail "$set: $before, and now $now"
done
# What failed 2000 runs ago is known bad, and what was good is what one goes back to.
run v2 >out 2>&1 && fail "v2 again"
says "these files are known bad"
is_word v3
expect 0 rollback --to last-good --dry-run
expect 0 status
says_not "cannot be read"

# Cut again only when there is something to gain.
inode=$(stat -c %i "$history")
run v3 >out 2>&1 || fail "v3 again"
[ "$(stat -c %i "$history")" = "$inode" ] || fail "cut again"

# prune cuts as well, but for an open run, which may still ask for its lines.
add_past 1000
expect 0 begin
expect 0 prune
[ "$(wc -l <"$history")" -gt 1000 ] || fail "cut under an open run"
expect 0 finish --status success
at_most 230 "$history"
add_past 1000
expect 0 prune
at_most 230 "$history"
at_most 230 $verdicts
