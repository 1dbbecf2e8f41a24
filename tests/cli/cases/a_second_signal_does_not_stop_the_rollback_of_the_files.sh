# However often a pipeline signals: the files are finished first.
tree
start run --generate "$(generate_word v1)" --stop-grace 0s --deploy "trap : TERM INT; touch reached; while :; do tail -f /dev/null & wait; done"
until_true 20 test -e reached
kill -INT "$started"; kill -TERM "$started"; kill -INT "$started"
ended; status=$?
[ "$status" = 130 ] || [ "$status" = 143 ] || fail "status $status: $(cat started.out)"
is_old
is_old typesense_client_service
in_phase restored
