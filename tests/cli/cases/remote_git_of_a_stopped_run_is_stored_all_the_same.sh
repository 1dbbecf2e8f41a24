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
