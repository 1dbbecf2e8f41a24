# rollback_scope: failed takes everything back when the failed service runs the script that it had before, or the whole fails.
tree a b
cat >backstep.yml <<'EOY'
rollback_scope: failed
each_service: {health_check: {test: '! grep -q v2 services/b/entrypoint.sh || [ $BACKSTEP_SERVICE != a ]', interval: 50ms, retries: 1, start_period: 0s, min_healthy_time: 0s}}
EOY
expect 20 run --generate 'printf "#!/bin/sh\necho v2\n" >services/b/entrypoint.sh' --deploy true
says 'All goes back, for a failed with the script that it had before'
is_old b
quick_checks
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check '! grep -q v2 services/a/entrypoint.sh'
is_old a
is_old b
