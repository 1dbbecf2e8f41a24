# Before the deploy all checks of services together have ten seconds, however many hang; the rest is not asked.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f s%g 1 26)
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: '[ $BACKSTEP_PHASE != baseline ] || exec tail -f /dev/null', min_healthy_time: 0s}}
EOY
before=$SECONDS
expect 0 run --deploy true
took=$((SECONDS - before))
[ "$took" -lt 25 ] || fail "it took $took s"
says '6 health checks had no turn in the ten seconds before the deploy'
says 'the health checks of 20 services fail already before the deploy: s1, s10, s11'
