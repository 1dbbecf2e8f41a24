# What a checkout brings was never live: by hand it is not gone back to while known good versions are there.
in_shared_store one
run_version 0 v1
in_shared_store two
run_version 0 v2
in_shared_store three; sh -c "$(generate_word brought)"
expect 0 rollback --files-only
is_word v2
is_word v2 typesense_client_service
grep -q '^Rolling back to .*good' out || fail "it does not say why: $(grep '^Rolling' out)"
grep -rq "echo brought" ../store/.backstep/failed || fail "what was replaced is not in the evidence"
