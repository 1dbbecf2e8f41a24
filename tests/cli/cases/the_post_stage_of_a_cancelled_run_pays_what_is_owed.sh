# A cancel leaves ten seconds: the files come back in the main stage, the services in the post stage.
a_good_v1
cp "$BACKSTEP" backstep-post
on_github
start run --generate "$(generate_word v2)" --deploy "$(hang reached)" --rollback-command 'echo again >>paid' --health-check "$says_v1"
until_true 20 test -e reached
kill -INT "$started"
ended
[ $? = 130 ] || fail 'not 130'
is_word v1
missing paid
INPUT_COMMAND=run INPUT_JOB_STATUS=cancelled INPUT_ROLLBACK_COMMAND='echo again >>paid' INPUT_HEALTH_CHECK="$says_v1" ./backstep-post >out 2>&1
[ $? = 20 ] || fail 'not 20'
times 1 paid
no_journal

# After a run that ended by itself there is nothing to do, and a begin has its own finish.
INPUT_COMMAND=run INPUT_JOB_STATUS=failure ./backstep-post >out 2>&1 || fail "exited with $?"
says 'no run is open'
expect 0 begin
INPUT_COMMAND=begin INPUT_JOB_STATUS=failure ./backstep-post >out 2>&1 || fail "exited with $?"
says "Nothing to do after 'begin'"
exists "$journal"
expect 0 finish --status success
