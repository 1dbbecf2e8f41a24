# A number in a manifest is another user's name on another machine: it is given back only where it is root, the
# workspace's owner, or who owned the file here last. The workspace's owner then is the workspace's owner now.
[ "$(id -u)" = 0 ] || skip "only root can give files away"
mkdir there here
there() { cd ../there || exit; }
here() { cd ../here || exit; }
owner() { stat -c %u:%g "$(entrypoint "$1")"; }
cd there || exit
tree own other roots
chown 1000:1000 . services services/own "$(entrypoint own)"
chown 1001:1001 services/other "$(entrypoint other)"
expect 0 backup
expect 0 export ../there.tar
here
mkdir services
chown 2000:2000 . services
expect 0 import ../there.tar
expect 0 rollback --files-only --recreate --to latest
[ "$(owner own)" = 2000:2000 ] || fail "the workspace's owner is $(owner own)"
[ "$(owner roots)" = 0:0 ] || fail "root is $(owner roots)"
[ "$(owner other)" = 2000:2000 ] || fail "a stranger got it: $(owner other)"
[ "$(stat -c %u services/other)" = 2000 ] || fail "a stranger got the directory: $(ls -ln services)"
says "⚠️ Warning: owner or capability of another tree, not given back: $(entrypoint other) (1001:1001)"
says "services/other/: could not be given back: 0755 1001:1001 (not of this tree)"
# What is as it may be here is not restored again.
expect 0 rollback --files-only --to latest
says "Nothing to restore"
says_not "given back"
# A look says what would be done, and no more.
expect 0 rollback --dry-run --to latest
says "nothing: the files are as in it already"
# Who owned it here last gets it back.
chown 1001:1001 "$(entrypoint other)"
echo x >>"$(entrypoint other)"
expect 0 rollback --files-only --to latest
[ "$(owner other)" = 1001:1001 ] || fail "not its last owner: $(owner other)"
says_not "is not given back"
