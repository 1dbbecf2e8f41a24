# Sweeps never reach daemons that a deploy left running.
tree
quick_checks
expect 21 run --check-baseline false --generate "$(generate_word v1)" --health-timeout 300ms --stop-grace 0s \
  --deploy '[ -e pid ] || { setsid tail -f /dev/null >/dev/null & echo $! >pid; }' --health-check 'exec tail -f /dev/null'
pid=$(cat pid)
gone "$pid" && fail "the daemon was ended"
kill -9 "$pid"
is_old
