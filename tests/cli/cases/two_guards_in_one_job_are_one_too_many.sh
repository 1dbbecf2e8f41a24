# The second fails at once and names the way out; both post stages together settle the run once.
a_good_v1
cp "$BACKSTEP" backstep-post
on_github
INPUT_COMMAND=guard expect 0
first=$(state_of_main)
: >commands/STATE
INPUT_COMMAND=guard expect 11
says finish
[ ! -s commands/STATE ] || fail 'the second guard noted a begin'
eval "$(generate_word v2)"
# The runner ends them last one first.
INPUT_COMMAND=guard INPUT_JOB_STATUS=failure ./backstep-post >out 2>&1
is_word v1
env "$first" INPUT_COMMAND=guard INPUT_JOB_STATUS=failure ./backstep-post >out 2>&1 || fail "the first one's post stage exited with $?"
says 'no run is open'
is_word v1
