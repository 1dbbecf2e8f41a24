# 500 services are checked, twenty at a time: a line for each, and what is said of hundreds at once stays short.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f s%g 1 500)
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: '! [ -e broken ] || { echo "$BACKSTEP_SERVICE is down"; exit 7; }', retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 0 check
says '✅ health check passed: 500 services passed'
[ "$(wc -l <out)" -lt 520 ] || fail "$(wc -l <out) lines"
touch broken
expect 23 check
[ "$(grep -c '❌ s[0-9]*: exited with 7' out)" = 500 ] || fail 'not a line for each'
last_line_says '❌ unhealthy: s1, s10, s100, s101, s102, s103, s104, s105, s106, s107 and 490 more'
