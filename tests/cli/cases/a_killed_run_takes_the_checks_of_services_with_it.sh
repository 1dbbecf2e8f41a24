# When the run is killed, each check that runs beside the others ends too, before anybody else gets the lock.
tree a b c
mkdir pids
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: 'echo $$ >"pids/$BACKSTEP_SERVICE.new"; mv "pids/$BACKSTEP_SERVICE.new" "pids/$BACKSTEP_SERVICE"; exec tail -f /dev/null'}}
EOY
start run --check-baseline false --deploy true
until_true 20 test -e pids/a -a -e pids/b -a -e pids/c
kill -9 "$started"
ended 2>/dev/null
expect 0 backup --lock-wait 20s
for pid in pids/*; do gone "$(cat "$pid")" || fail "$pid still runs"; done
