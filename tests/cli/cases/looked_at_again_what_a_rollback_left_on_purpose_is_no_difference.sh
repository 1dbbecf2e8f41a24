# It is compared with what the restore left, not with the target: a script that was added since is kept, and
# of one service that alone went back the others differ.
tree
run_version 0 v1
run_version 0 v2
tree added
expect 0 rollback --to last-good --rollback-command true --health-check true
exists "$(entrypoint added)"
sh -c "$(generate_word edited)"
expect 0 rollback --to last-good --service action_service --rollback-command true --health-check true
is_word v2
is_word edited typesense_client_service
