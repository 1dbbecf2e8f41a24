# More checks side by side than descriptors are left for: fewer run at a time, and all are asked.
# shellcheck disable=SC2046 # a word a service
tree $(seq -f s%g 1 30)
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: 'echo $BACKSTEP_SERVICE >>asked', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
ulimit -Sn 32
expect 0 check
times 30 asked
says_not 'Too many open files'
