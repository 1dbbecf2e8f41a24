# Root without capabilities in another user's tree: refused, with whom to run as.
need setpriv
[ "$(id -u)" = 0 ] || skip "only root can drop its capabilities and own nothing"
mkdir theirs
cd theirs || fail "cannot enter"
tree
chown -R 1234:2345 .
before=$(snapshot)
setpriv --bounding-set=-all --inh-caps=-all "$BACKSTEP" run --generate 'touch ran' --deploy 'touch ran' >../out 2>&1
[ $? = 6 ] || fail "not 6: $(cat ../out)"
[ "$(snapshot)" = "$before" ] || fail "something changed"
missing backups
cd ..
says "Permission denied; the workspace belongs to user 1234:2345, run as that one"
one_line
