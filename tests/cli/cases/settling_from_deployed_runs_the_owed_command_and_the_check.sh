# `finish` and `recover` run it once (20 when the check passes afterwards).
tree
crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy "echo deploy >>deploys"
in_phase deployed
expect 20 recover
says "healthy again"
is_old action_service
times 2 deploys
recorded rolled_back
no_journal
