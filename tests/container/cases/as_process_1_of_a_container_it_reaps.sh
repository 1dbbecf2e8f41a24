# As PID 1 of a real container it reaps the orphans of its commands.
tree
quick_checks
pass_settings
expect 0 run --check-baseline false --deploy 'for i in 1 2 3; do (setsid true &) ; done; sed -n "s/^Name:/process 1 is/p" /proc/1/status' \
  --health-retries 50 --health-check '! grep -l "^State:.Z" /proc/[0-9]*/status'
says "backstep"
says "the new version, healthy"
