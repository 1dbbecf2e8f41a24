# 500 services are checked, twenty at a time: what is said of hundreds stays short, and -v has a line for each.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f s%g 1 500)
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: '! [ -e broken ] || { echo "$BACKSTEP_SERVICE is down"; exit 7; }', retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 0 check
says '✅ health check passed: 500 services passed'
says '  ✅ … and 490 more (-v shows all)'
[ "$(wc -l <out)" -lt 20 ] || fail "$(wc -l <out) lines"
touch broken
expect 23 check
says '  ❌ … and 490 more (-v shows all)'
[ "$(wc -l <out)" -lt 30 ] || fail "$(wc -l <out) lines"
expect 23 check -v
[ "$(grep -c '❌ s[0-9]*: exited with 7' out)" = 500 ] || fail 'not a line for each'
last_line_says '❌ unhealthy: s1, s10, s100, s101, s102, s103, s104, s105, s106, s107 and 490 more'
