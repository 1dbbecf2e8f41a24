# A deploy that answers a cancel or its timeout with one of no_rollback_exit_codes is heeded too; one that
# just dies of it is rolled back.
tree
export BACKSTEP_NO_ROLLBACK_EXIT_CODES=75
answers='trap "exit 75" TERM; touch reached; tail -f /dev/null & wait'
start run --generate "$(generate_word v1)" --deploy "$answers"
until_true 20 test -e reached
kill -TERM "$started"
ended; status=$?
cp started.out out
[ "$status" = 143 ] || fail "not 143 but $status"
is_word v1
no_journal
recorded unrestored
answer_says 'exit code 75 of the deploy forbids a rollback'
given_time 23 run --generate "$(generate_word v2)" --deploy "$answers" --deploy-timeout TIME --rollback-command 'touch ran'
is_word v2
says "deploy timed out after $TIME"
missing ran
expect 21 run --generate "$(generate_word v3)" --deploy 'tail -f /dev/null' --deploy-timeout 300ms --rollback-command 'touch ran'
is_word v2
exists ran
