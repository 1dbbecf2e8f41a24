# Checks of services run side by side: here each passes only while all four are running.
tree a b c d
mkdir here
cat >backstep.yml <<'EOY'
each_service:
  health_check:
    test: 'touch "here/$BACKSTEP_SERVICE"; until [ -e here/a ] && [ -e here/b ] && [ -e here/c ] && [ -e here/d ]; do :; done'
    timeout: 20s
    retries: 1
    start_period: 0s
    min_healthy_time: 0s
EOY
expect 0 run --check-baseline false --deploy true
says '4 services passed'
