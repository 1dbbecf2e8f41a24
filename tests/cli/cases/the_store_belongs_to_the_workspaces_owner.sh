# backups/ and everything in it that we make: owner = the workspace's owner when we may.
[ "$(id -u)" = 0 ] || skip "only root may give files away"
tree
chown -R 65534:65534 .
expect 20 run --generate "$(generate_word v1)" --deploy '! grep v1 services/*/entrypoint.sh' --rollback-command true --health-check 'exit 0'
[ -z "$(find backups services -not -user 65534)" ] || fail "not the owner's: $(find backups services -not -user 65534 -ls)"
need setpriv
setpriv --reuid 65534 --regid 65534 --clear-groups rm -r backups || fail "the next checkout cannot delete it"
