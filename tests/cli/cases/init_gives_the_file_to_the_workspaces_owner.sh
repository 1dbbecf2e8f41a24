# What a container's root writes belongs to the owner of the workspace, who can edit it.
[ "$(id -u)" = 0 ] || skip "only root may give files away"
tree
chown 1234:2345 .
(umask 077 && "$BACKSTEP" init >out 2>&1) || fail 'not 0'
[ "$(stat -c %u:%g:%a backstep.yml)" = 1234:2345:644 ] || fail "owner and mode $(stat -c %u:%g:%a backstep.yml)"
