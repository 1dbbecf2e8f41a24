# `recover --restore` also over newer files (evidence first).
tree
as_job 1 aaaa crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy true
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
as_job 2 bbbb expect 20 recover --restore
is_old action_service
is_old typesense_client_service
grep -rq "by hand" backups/.backstep/failed || fail "the edit is not in the evidence"
no_journal
