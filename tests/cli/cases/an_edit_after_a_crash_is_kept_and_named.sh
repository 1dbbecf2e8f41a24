# Any other file is restored only by the run's own owner, or by another if the commit is the same. All
# else is kept and named: work that came later is never overwritten.
tree
as_job 1 aaaa crash_in deploy --generate "$(generate_word new)"
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
as_job 2 bbbb expect 0 run --deploy true
says "services/action_service/entrypoint.sh was changed after run"
says_not "services/typesense_client_service/entrypoint.sh was changed"
is_word "by hand"
is_old typesense_client_service
no_journal
