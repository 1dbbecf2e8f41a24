# The check of a service finds the name of its service in $BACKSTEP_SERVICE; an entry of its own outranks each_service.
tree
cat >backstep.yml <<'EOY'
each_service:
  health_check: {test: 'echo "$BACKSTEP_SERVICE in $BACKSTEP_PHASE" >>asked', min_healthy_time: 0s}
services:
  typesense_client_service:
    health_check: {test: 'echo "the own one of $BACKSTEP_SERVICE" >>asked'}
EOY
expect 0 run --deploy true --check-baseline false
[ "$(sort asked)" = "$(printf 'action_service in health_check\nthe own one of typesense_client_service')" ] || fail "asked: $(cat asked)"
says '✅ action_service: passed'
says '✅ typesense_client_service: passed'
says '✅ health check passed: 2 services passed'
