# The owner's own journal is restored fully (evidence first), whatever the status.
tree
crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy true
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
expect 20 finish --status success
is_old action_service
is_old typesense_client_service
grep -rq "by hand" backups/.backstep/failed || fail "the edit is not in the evidence"
no_journal
