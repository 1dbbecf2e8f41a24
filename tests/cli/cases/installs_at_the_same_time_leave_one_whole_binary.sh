# Jobs that install into one directory at the same time: each succeeds, and the binary is whole.
pids=
for i in 1 2 3 4 5 6 7 8; do
  "$BACKSTEP" install bin >"out$i" 2>&1 &
  pids="$pids $!"
done
for pid in $pids; do
  wait "$pid" || fail "one of them failed: $(cat out?)"
done
cmp -s "$BACKSTEP" bin/backstep || fail "the copy differs"
[ "$(ls -A bin)" = backstep ] || fail "leftovers: $(ls -A bin)"
