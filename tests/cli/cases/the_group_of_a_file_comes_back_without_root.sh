# The kernel lets the owner of a file give it to a group that he is a member of: no root is needed for that.
[ "$(id -u)" = 0 ] || skip "only root can choose its groups"
need setpriv
binary=$BACKSTEP
setpriv --reuid 1000 --regid 1000 --clear-groups test -x "$binary" || { binary=$PWD/backstep_for_all && install -m 755 "$BACKSTEP" "$binary"; }
printf '#!/bin/sh\nexec setpriv --reuid 1000 --regid 1000 --groups 1000,2000 %q "$@"\n' "$binary" >as_deployer
chmod 755 as_deployer
tree
chmod 750 "$(entrypoint)"
chown -R 1000:1000 .
chown 1000:2000 "$(entrypoint)"
chown 1000:3000 "$(entrypoint typesense_client_service)"
BACKSTEP=$PWD/as_deployer
quick_checks
expect 20 run --generate "$(generate_word v1)" --deploy true --health-check '! grep -q v1 services/*/entrypoint.sh'
[ "$(stat -c %u:%g "$(entrypoint)")" = 1000:2000 ] || fail "$(stat -c %u:%g "$(entrypoint)")"
says_not "$(entrypoint): could not"
# Another group is out of reach, which is said.
says "⚠️ Warning: $(entrypoint typesense_client_service): could not be given back: owner 1000:3000 (not permitted)"
is_old
is_old typesense_client_service
# The group alone is a difference as long as it can be given back.
chgrp 1000 "$(entrypoint)"
expect 0 diff latest
says "$(entrypoint)"
expect 0 rollback --to latest --files-only
[ "$(stat -c %u:%g "$(entrypoint)")" = 1000:2000 ] || fail "$(stat -c %u:%g "$(entrypoint)")"
expect 0 rollback --to latest --files-only
says_not "Restored"
