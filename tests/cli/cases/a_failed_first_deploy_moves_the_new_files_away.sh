# Nothing to go back to: the new files go into the evidence, the rollback command is not run, exit 10.
mkdir services
expect 10 run --rollback-command 'touch ran' --deploy 'exit 1' \
  --generate 'mkdir services/a; printf "#!/bin/sh\necho new\n" >services/a/entrypoint.sh'
missing services/a/entrypoint.sh
missing ran
holds backups/.backstep/failed/*/a_entrypoint.sh new
answer_says "live now: the failed version, perhaps only in part: no earlier version exists"
no_journal
