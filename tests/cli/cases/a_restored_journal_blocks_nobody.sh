# A `restored` journal blocks nobody.
tree
BACKSTEP_OWNER=first start run --generate "$(generate_word new)" --deploy "$(hang reached)"
until_true 20 test -e reached
kill -TERM "$started"
ended; status=$?
[ $status -eq 143 ] || fail "the stopped run exited with $status: $(cat started.out)"
in_phase restored
expect 0 run --owner second --deploy "echo second >deployed" --lock-wait 300ms
says_not "Waiting"
holds deployed second
no_journal
