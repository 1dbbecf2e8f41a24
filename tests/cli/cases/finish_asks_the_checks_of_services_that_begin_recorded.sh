# `finish` and `recover` ask the checks of services that the run began with, also without the file.
tree
printf '%s\n' "each_service: {health_check: {test: 'echo \$BACKSTEP_SERVICE >>asked', interval: 50ms, min_healthy_time: 0s}}" >backstep.yml
expect 0 begin --check-baseline false
mv backstep.yml gone.yml
expect 0 finish --status success
times 2 asked
says 'the new version, healthy'
mv gone.yml backstep.yml
rm asked
crash_in deploy --check-baseline false --generate "$(generate_word v2)" --rollback-command 'echo paid >>paid'
rm backstep.yml
expect 20 recover
times 1 paid
times 2 asked
answer_says 'healthy again'
is_old
