# Before the deploy began always this run's backup (also after another run was settled): newer work stays.
tree
as_job 1 aaaa crash_in deploy --generate "$(generate_word new)"
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
as_job 2 bbbb expect 5 run --generate "$(generate_word newer); exit 7" --deploy true
is_word "by hand"
is_old typesense_client_service
