# When the checks of many services fail, the last words name ten of them and show the output of six.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f s%g 10 40)
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: '! [ -e broken ] || { echo "$BACKSTEP_SERVICE is down"; exit 7; }', retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 20 run --check-baseline false --deploy 'touch broken' --rollback-command 'rm broken'
says 'health check of 31 of 31 services failed: s10, s11, s12, s13, s14, s15, s16, s17, s18, s19 and 21 more'
says '│   s15 is down'
says '│ … and 25 more'
[ "$(sed -n '/^❌ Failed/,$p' out | wc -l)" -lt 25 ] || fail 'the last words are too long'
