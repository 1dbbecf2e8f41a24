# v2 is live; what lay there before each run was brought by hand and was never accepted.
tree
run_version 0 v1
sh -c "$(generate_word brought)"
run_version 0 v2
expect 0 rollback --files-only
is_word v1
is_word v1 typesense_client_service
grep -q '^Rolling back to .*good' out || fail "it does not say why: $(grep '^Rolling' out)"
