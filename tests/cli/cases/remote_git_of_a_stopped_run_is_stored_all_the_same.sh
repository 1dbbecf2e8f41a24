# A cancelled job still stores what it can within its seconds.
fresh_project
on_runner one
expect 0 run --deploy true
before=$(stored_commit)
start run --generate "$(generate_word v1)" --deploy "$(hang reached)"
until_true 20 test -e reached
kill -INT "$started"
ended
[ $? = 130 ] || { cp started.out out; fail 'it was not stopped'; }
cp started.out out
is_old
says 'Stored in refs/backstep'
[ "$(stored_commit)" != "$before" ] || fail 'it was not stored'
# A signal while a remote does not answer keeps no file from coming back, and the run ends within seconds.
serve_git
by_server
start run --generate "$(generate_word v2)" --deploy ": >$shop/requests; echo hang >$shop/behaviour; false" --rollback-command 'touch redeployed'
until_true 30 test -s "$shop/behaviour"
until_true 30 test -s "$shop/requests"
kill -INT "$started"
ended
status=$?
cp started.out out
is_old
[ "$status" = 130 ] || fail "it ended with $status"
missing redeployed
says 'no answer within 5s'
says '   backstep push'
rm "$shop/behaviour"
expect 21 recover --rollback-command true
says 'Stored in refs/backstep'
