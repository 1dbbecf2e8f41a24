# `files` lost a.conf, and somebody has edited it since: it is nobody's business any more, neither of a
# failed run nor of a rollback by hand.
tree
echo v1 >a.conf
run_version 0 v1 --files a.conf
first=$(newest)
run_version 0 v2 --files a.conf
echo "edited since" >a.conf
run_version 20 v3
went_back_to "$(own_backup)"
is_word v2
[ "$(cat a.conf)" = "edited since" ] || fail "the run changed a.conf: $(cat a.conf)"
expect 0 rollback --to "$first" --files-only
is_old
[ "$(cat a.conf)" = "edited since" ] || fail "by hand a.conf was changed: $(cat a.conf)"
says_about a.conf "not tracked|left"
"$BACKSTEP" diff "$first" >out 2>&1  # whatever its exit code says of differences
says_about a.conf "not tracked"
