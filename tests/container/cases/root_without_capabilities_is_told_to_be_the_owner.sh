# Root without capabilities may not write another user's tree: nothing happens, and it says what to do.
box --cap-drop ALL
tree
of_user 1000
before=$(snapshot)
expect 6 run --generate 'touch ran' --deploy 'touch ran'
says "Permission denied"
says "the workspace belongs to user 1000:1000, run as that one (docker run --user 1000:1000)"
one_line
rm out
[ "$(snapshot)" = "$before" ] || fail "something changed"
missing backups
