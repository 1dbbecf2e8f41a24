# Environment of commands: the caller's, and BACKSTEP_RUN_ID PHASE BACKUP DIGEST CHANGED_SERVICES
# GOOD_REVISION REVISION.
need python3
as_job 1 c0ffee a_good_v1
export CALLER=caller
show='echo "$CALLER|$BACKSTEP_PHASE|$BACKSTEP_RUN_ID|$BACKSTEP_BACKUP|$BACKSTEP_CHANGED_SERVICES|$BACKSTEP_GOOD_REVISION|$BACKSTEP_REVISION|$BACKSTEP_DIGEST" >>env.txt'
as_job 2 badc0de expect 20 run --check-baseline false --generate "$show; printf '#!/bin/sh\necho v2\n' >$(entrypoint)" --deploy "$show" --rollback-command "$show" --health-check "$show; $says_v1"
id=$(newest)
run=$(last_run)
expect 0 list --json
good=$(json '[s["digest"] for s in d["sets"] if s["id"] == "'"$id"'"][0]')
bad=$(json '[s["digest"] for s in d["sets"] if s["kind"] == "failed"][0]')
service=action_service
cat >wanted <<EOT
caller|generate|$run|$id||c0ffee|badc0de|$good
caller|deploy|$run|$id|$service|c0ffee|badc0de|$bad
caller|health_check|$run|$id|$service|c0ffee|badc0de|$bad
caller|rollback|$run|$id|$service|c0ffee|c0ffee|$good
caller|health_check|$run|$id|$service|c0ffee|c0ffee|$good
EOT
diff wanted env.txt || fail "another environment: $(cat env.txt)"
