# Over its time a command leaves no process of its tree, also where the program is process 1, may
# nothing, and may have few processes; the daemon that an earlier command left stays.
box --user 1000:1000 --cap-drop ALL --security-opt no-new-privileges --read-only --pids-limit 400
tree
of_user 1000
for shape in \
  "trap '' TERM; setsid sleep 1000 & sleep 1000; sleep 1000" \
  "(setsid sh -c '(setsid sleep 1000 &); exec setsid sleep 1000' &); sleep 1000" \
  'i=0; while [ $i -lt 100 ]; do setsid sleep 1000 & i=$((i + 1)); done; wait'; do
  rm -f left
  expect 21 run --generate 'setsid sleep 2000 >/dev/null 2>&1 &' \
    --deploy "$shape" --deploy-timeout 2s --stop-grace 300ms \
    --rollback-command 'cat /proc/[0-9]*/comm >left 2>/dev/null || :'
  says "deploy timed out after 2s"
  { grep -x sleep left || :; } >earlier_daemon
  times 1 earlier_daemon
done
