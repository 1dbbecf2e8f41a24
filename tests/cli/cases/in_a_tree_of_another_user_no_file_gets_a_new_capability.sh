# Who owns the tree can write to its files and in its store. What his manifest says of a capability would make him root:
# a file has one after the restore only if it had that before.
[ "$(id -u)" = 0 ] || skip "only root may set a capability"
need python3
attributes() { python3 "$CASES/../support/attributes.py" "$@"; }
tree
echo 'files: [helper]' >backstep.yml
printf old >helper
chmod 755 helper
attributes give helper capability || skip "no capabilities here"
expect 0 backup
chown -R 65534:65534 .  # which takes the capability away
printf new >helper
expect 0 rollback --files-only --to latest
holds helper old
! attributes show helper | grep -q capability || fail "it has a capability: $(attributes show helper)"
says "⚠️ Warning: owner or capability of another tree, not given back: helper (0:0)"
attributes give helper capability
chmod 644 helper
expect 0 rollback --files-only --to latest
[ "$(stat -c %a helper)" = 755 ] || fail "the mode is not back"
attributes show helper | grep -q capability || fail "the capability that it had is gone"
says_not "not given back"
