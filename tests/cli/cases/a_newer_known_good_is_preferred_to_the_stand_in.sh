# That backup then takes the place of "this run's backup" in the target rule, unless a known good is newer.
tree
as_job 1 aaaa crash_in deploy --generate "$(generate_word new)"
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
as_job 2 bbbb expect 0 mark good
as_job 2 bbbb expect 21 run --generate "$(generate_word newer)" --deploy "exit 7" --rollback-command true
says "the newest known good"
is_word "by hand"
is_word new typesense_client_service
