# It may be written and not replaced: the directory is sticky, and both belong to somebody else.
[ "$(id -u)" = 0 ] || skip "needs root"
tree
become_nobody
chown 1001 services/action_service "$(entrypoint)"
chmod 1777 services/action_service
chmod 777 "$(entrypoint)"
expect 6 run --generate "$(generate_word new)" --deploy 'touch deployed'
says "pre-flight failed, nothing was changed: cannot replace 'services/action_service/entrypoint.sh': Operation not permitted"
says "its directory is sticky"
missing deployed
is_old
# With a directory or a file of our own it may be.
chown 65534 "$(entrypoint)"
expect 21 run --generate "$(generate_word new)" --deploy false --rollback-command true
is_old
