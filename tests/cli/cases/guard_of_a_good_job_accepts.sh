# The job went well to its last step: the check decides, and without one the new version is accepted.
a_good_v1
on_github
INPUT_COMMAND=guard expect 0
eval "$(generate_word v2)"
cp "$BACKSTEP" backstep-post
INPUT_COMMAND=guard INPUT_JOB_STATUS=success ./backstep-post >out 2>&1 || fail "exited with $?"
is_word v2
answer_says 'the new version'
no_journal

# It is live only if its check says so: the job fails and the files are back.
on_github 2
INPUT_COMMAND=guard expect 0
eval "$(generate_word v3)"
INPUT_COMMAND=guard INPUT_JOB_STATUS=success INPUT_HEALTH_CHECK='exit 4' ./backstep-post >out 2>&1
[ $? = 21 ] || fail 'not 21'
is_word v1 # the newest known good: without a check v2 is only untested
says 'health check exited with 4'
answer_says 'the services were not redeployed (no rollback command is set)'
no_journal
