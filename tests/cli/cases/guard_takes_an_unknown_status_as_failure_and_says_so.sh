# act hands the status over by its bare name, and some runners not at all.
a_good_v1
cp "$BACKSTEP" backstep-post
on_github
INPUT_COMMAND=guard expect 0
eval "$(generate_word v2)"
INPUT_COMMAND=guard INPUT_JOB_STATUS=neutral ./backstep-post >out 2>&1
[ $? = 21 ] || fail 'not 21'
says "the job's status is 'neutral': taken as a failure"
is_word v1

on_github 2
command=guard INPUT_COMMAND=guard expect 0
eval "$(generate_word v2)"
command=guard job_status=success ./backstep-post >out 2>&1 || fail "exited with $?"
is_word v2

on_github 3
INPUT_COMMAND=guard expect 0
eval "$(generate_word v3)"
INPUT_COMMAND=guard ./backstep-post >out 2>&1
[ $? = 21 ] || fail 'not 21'
says "the job's status is not given"
is_word v2
