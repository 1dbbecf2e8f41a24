# A timed-out command leaves no process of its own tree behind, a daemonised one neither.
tree
quick_checks
came_so_far() { [ -s pids ]; }
leaves_nothing() {  # leaves_nothing STATUS CHECK
  rm -f pids
  given_time "$1" run --check-baseline false --deploy true --health-timeout TIME --stop-grace 100ms --health-check "$2"
  while read -r pid; do gone "$pid" || { kill -9 "$pid"; fail "process $pid of the check still runs"; }; done <pids
}
leaves_nothing 0 'setsid sh -c "echo \$\$ >>pids; exec tail -f /dev/null" & until [ -s pids ]; do :; done'
leaves_nothing 21 '(setsid sh -c "echo \$\$ >>pids; trap : TERM HUP INT; while :; do tail -f /dev/null; done" >/dev/null 2>&1 &) ; exec tail -f /dev/null'
