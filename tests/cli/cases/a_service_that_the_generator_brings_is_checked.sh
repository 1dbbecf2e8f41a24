# each_service holds for a service that only the generator brings; NONE leaves one out.
tree
cat >backstep.yml <<'EOY'
each_service: {health_check: {test: 'echo "$BACKSTEP_SERVICE" >>asked', min_healthy_time: 0s}}
services: {typesense_client_service: {health_check: [NONE]}}
EOY
expect 0 run --check-baseline false --deploy true \
  --generate 'mkdir services/fresh; printf "#!/bin/sh\n" >services/fresh/entrypoint.sh'
[ "$(sort asked | tr '\n' ' ')" = 'action_service fresh ' ] || fail "asked: $(cat asked)"
