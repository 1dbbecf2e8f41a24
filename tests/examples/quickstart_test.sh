# The quickstart holds what it says, twice in a row, touches nothing in the checkout, and leaves no server.
need busybox
examples=$CASES/../../examples
export PORT_BASE=$((20000 + $$ % 1000 * 10))
nobody_listens() { for port in 1 2 3; do
  ! (exec 3<>"/dev/tcp/127.0.0.1/$((PORT_BASE + port))") 2>/dev/null || fail "a server is left on port $((PORT_BASE + port))"
done; }

snapshot "$examples" >before
for pass in first second; do
  "$examples/quickstart.sh" --binary "$BACKSTEP" >out 2>&1 || fail "the $pass quickstart exited with $?"
  says 'typesense_client_service: ready to search'
  says 'exit code 0'
  says "httpd: unrecognized option '--verbose'"
  says '✅ Restored typesense_client_service from '
  says 'exit code 20'
  says 'typesense_client_service: ready, and faster'
  nobody_listens
done
snapshot "$examples" >after
cmp before after || fail 'the quickstart changed the checkout'

# It does not say that all is well when it is not: this backstep neither deploys nor rolls back.
printf '#!/bin/sh\nexit 0\n' >idle && chmod +x idle
! "$examples/quickstart.sh" --binary idle >out 2>&1 || fail 'it succeeded though nothing was deployed'
says 'quickstart: the change is not live'
nobody_listens
