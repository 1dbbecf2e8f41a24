# check_baseline: true runs the check once before anything changes; false leaves it out.
tree
quick_checks
expect 0 run --deploy 'echo deploy >>ran' --health-check 'echo $BACKSTEP_PHASE >>ran'
[ "$(tr '\n' ' ' <ran)" = "baseline deploy health_check " ] || fail "ran: $(cat ran)"
rm ran
expect 0 run --check-baseline false --deploy 'echo deploy >>ran' --health-check 'echo $BACKSTEP_PHASE >>ran'
[ "$(tr '\n' ' ' <ran)" = "deploy health_check " ] || fail "ran: $(cat ran)"
