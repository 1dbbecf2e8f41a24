# That backup then takes the place of "this run's backup" in the target rule.
tree
as_job 1 aaaa crash_in deploy --generate "$(generate_word new)"
settled=$(newest)
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
as_job 2 bbbb expect 21 run --generate "$(generate_word newer)" --deploy "exit 7" --rollback-command true
says "Rolling back to $settled: the backup of the run that was ended first"
is_old action_service
is_old typesense_client_service
no_journal

# Where it is damaged, this run's own is better than the failed version.
tree
as_job 1 aaaa crash_in deploy --generate "$(generate_word new)"
settled=$(newest)
printf '#!/bin/sh\necho by hand\n' >"$(entrypoint)"
as_job 2 bbbb expect 21 run --generate "$(generate_word newer)" \
  --deploy "echo damaged >backups/$settled/action_service_entrypoint.sh; exit 7" --rollback-command true
says "$settled (the backup of the run that was ended first) cannot be used: damaged"
says "this run's backup, for no other is whole"
is_word "by hand"
is_old typesense_client_service
no_journal
