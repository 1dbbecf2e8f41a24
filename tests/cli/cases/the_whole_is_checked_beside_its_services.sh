# The global health_check runs beside those of services; on_failure has no say in it.
tree a b
cat >backstep.yml <<'EOY'
health_check: {test: 'echo "the front is down"; [ ! -e broken ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}
each_service: {health_check: {test: "true", min_healthy_time: 0s}, on_failure: warn}
EOY
expect 0 run --deploy true
says '▶ health check: echo "the front is down"; [ ! -e broken ] and 2 services'
says '✅ the whole: passed'
says '✅ health check passed: the whole and 2 services passed'
expect 20 run --generate "$(generate_word v2)" --deploy 'touch broken' --rollback-command 'rm broken'
says '❌ the whole: exited with 1 (1 failure in a row, 1 attempt)'
says 'failed:   health check exited with 1 (1 failure in a row, 1 attempt)'
says '│ the front is down'
