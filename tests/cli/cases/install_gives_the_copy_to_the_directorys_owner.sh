# What a container's root installs belongs to the owner of the directory, who can remove it again.
[ "$(id -u)" = 0 ] || skip "only root may give files away"
mkdir theirs
chown 1234:2345 theirs
expect 0 install theirs
[ "$(stat -c %u:%g theirs/backstep)" = 1234:2345 ] || fail "owner $(stat -c %u:%g theirs/backstep)"
expect 0 install theirs/bin
[ "$(stat -c %u:%g:%a theirs/bin)" = 1234:2345:755 ] || fail "made as $(stat -c %u:%g:%a theirs/bin)"
