# A timed-out command leaves no process of its own tree behind, a daemonised one neither.
tree
quick_checks
for check in 'setsid sh -c "echo \$\$ >>pids; exec tail -f /dev/null" & until [ -s pids ]; do :; done' \
  '(setsid sh -c "echo \$\$ >>pids; trap : TERM HUP INT; while :; do tail -f /dev/null; done" >/dev/null 2>&1 &) ; exec tail -f /dev/null'; do
  rm -f pids
  "$BACKSTEP" run --check-baseline false --deploy true --health-timeout 500ms --stop-grace 100ms --health-check "$check" >out 2>&1
  [ -s pids ] || fail "nothing forked"
  while read -r pid; do gone "$pid" || { kill -9 "$pid"; fail "process $pid of the check still runs"; }; done <pids
done
