# The image runs as root on a tree of another user, and everything in it stays theirs to delete.
tree
of_user 1000
good_and_bad_run
[ -z "$(find . -user root ! -name out)" ] || fail "root's: $(find . -user root)"
deletable_by 1000
