# While this run was deploying, another one put v2 live: v2 is what it goes back to, and not what lay there before.
fresh_project
quick_checks
check='! grep -rqs "echo v3" services'
on_runner zero
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check "$check"
on_runner one
mkfifo gate
start run --generate "$(generate_word v3)" --deploy 'touch reached; cat gate' --rollback-command true --health-check "$check"
until_true 20 test -e reached
on_runner two
expect 0 run --generate "$(generate_word v2)" --deploy true --health-check "$check"
cd "$shop/../one/web" || exit
: >gate
ended
[ $? = 20 ] || { cp started.out out; fail 'it did not roll back'; }
cp started.out out
is_word v2
says 'put it live meanwhile'
# A remote that does not answer then keeps nobody from going back: it is asked for ten seconds at most.
on_runner three
serve_git
by_server
expect 20 run --generate "$(generate_word v3)" --deploy "echo hang >$shop/behaviour" --health-check "$check" \
  --rollback-command "rm $shop/behaviour"
says 'whether another run was quicker is not known'
says 'no answer within 10s'
says 'Stored in refs/backstep'
