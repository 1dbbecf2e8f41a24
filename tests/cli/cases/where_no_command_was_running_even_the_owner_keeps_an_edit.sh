# Any other file is restored only where a command was running or nothing was recorded (armed, deploying).
tree
crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy true
in_phase deployed
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
expect 0 run --deploy true
says "services/action_service/entrypoint.sh was changed after run"
is_word "by hand"
is_old typesense_client_service
