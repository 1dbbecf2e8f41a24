# v1, then v2 went live, v3 failed and was never live for good; files were brought in between.
tree
run_version 0 v1
sh -c "$(generate_word brought)"
run_version 0 v2
sh -c "$(generate_word edited)"
run_version 20 v3
is_word v2
expect 0 rollback --rollback-target previous --rollback-command true
is_word v1
is_word v1 typesense_client_service
