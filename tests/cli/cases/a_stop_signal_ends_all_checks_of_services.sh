# A stop signal ends every check of a service that runs, long before their own grace is over, and leaves no process behind.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f s%g 1 15)
mkdir pids
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: 'trap "" TERM; echo $$ >"pids/$BACKSTEP_SERVICE.new"; mv "pids/$BACKSTEP_SERVICE.new" "pids/$BACKSTEP_SERVICE"; while :; do tail -f /dev/null; done'}}
EOY
start run --stop-grace 1m --check-baseline false --generate "$(generate_word v2)" --deploy true
all_run() { [ "$(find pids -name 's*' ! -name '*.new' | wc -l)" = 15 ]; }
until_true 20 all_run
before=$(date +%s%N)
kill -TERM "$started"
ended
status=$?
took=$((($(date +%s%N) - before) / 1000000))
cp started.out out
[ "$status" = 143 ] || fail "it ended with $status"
[ "$took" -lt 20000 ] || fail "it took $took ms"
for pid in pids/*; do gone "$(cat "$pid")" || fail "$pid still runs"; done
is_old s1
says 'live now: unknown: '
