# rollback --service S: what is live is a mixture. It is said so, no run is named that brought it, and the
# rollback command is told the digest of what lies there.
need python3
quick_checks
tree
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check true
v1=$(ls backups/.backstep/good | head -n 1)
tell='printf %s "$BACKSTEP_DIGEST" >digest'
expect 0 rollback --to "$v1" --service action_service --rollback-command "$tell"
is_word v1
is_word v2 typesense_client_service
answer_says "the restored version ($v1 for action_service alone)"
says_not accepted
expect 0 status --json
json "d['digest'] == '$(cat digest)' or 1/0"
# With the other one all of it is back, and the run that brought it is named.
expect 0 rollback --to "$v1" --service typesense_client_service --rollback-command "$tell"
says 'what is live was accepted'
