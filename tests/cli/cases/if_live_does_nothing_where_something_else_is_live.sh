# A later deploy has replaced it: exit 0, nothing is done, and `rolled_back` says so.
live() { "$BACKSTEP" status --json >out; json "d['live']$1"; }
tree
BACKSTEP_OWNER=ada run_version 0 v1
run=$(live "['put_live']['run']") digest=$(live "['digest']")
BACKSTEP_OWNER=bob run_version 0 v2
snapshot_here() { snapshot | grep -v ' \./err.txt\|^\./err.txt'; }
before=$(snapshot_here)
for other in "run:$run" owner:ada "digest:$digest"; do
  "$BACKSTEP" rollback --if-live "$other" --rollback-command "touch ran" --json >out 2>err.txt || fail "$other: $(cat err.txt)"
  [ "$(json "d['rolled_back']")" = False ] || fail "$other: it does not say that nothing was rolled back"
  missing ran
  [ "$(snapshot_here)" = "$before" ] || fail "$other: something was changed"
done
is_word v2
