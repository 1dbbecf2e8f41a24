# The action's guard: the main stage begins, the post stage finishes by the job's final status. The
# steps between ran on the host, so the container never runs the rollback command.
need python3
a_good_v1
on_github
INPUT_COMMAND=guard INPUT_JOB_STATUS=success INPUT_ROLLBACK_COMMAND='touch redeployed' expect 0
says 'the post stage finishes it'
holds commands/STATE begun=
cp "$BACKSTEP" backstep-post
post() {  # post STATUS EXIT: as the runner calls the stage, with the state of the main stage
  env "$(state_of_main)" INPUT_COMMAND=guard INPUT_JOB_STATUS="$1" INPUT_ROLLBACK_COMMAND='touch redeployed' \
    ./backstep-post >out 2>&1
  status=$?
  [ $status = "$2" ] || fail "the post stage exited with $status, not $2"
}
eval "$(generate_word v2)"
: >commands/OUTPUT
post failure 21
is_word v1
missing redeployed
is_output result files_restored
is_output rolled_back true
is_output changed_services action_service,typesense_client_service
says 'to run:   touch redeployed (the rollback command)'
says "next:     run the rollback command, where the deploy's tools are:"
answer_says 'unknown: the old files are back'
in_phase restored
# Once more changes nothing and pays nothing.
post failure 21
missing redeployed
# Somebody with the host's tools pays it.
expect 20 recover --health-check true
exists redeployed
no_journal
