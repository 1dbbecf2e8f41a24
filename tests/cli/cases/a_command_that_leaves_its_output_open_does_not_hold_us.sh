# A deploy that starts a service in the background without closing its output ends when it exits.
tree
started_at=$SECONDS
expect 0 run --deploy 'tail -f /dev/null & echo $! >pid; echo started'
kill -9 "$(cat pid)" || fail "the service was ended"
says started
[ $((SECONDS - started_at)) -lt 20 ] || fail "waited for the service"
