# init that cannot end leaves nothing behind: exit 6 with the cause.
own_mounts
small_disk 8k disk
(cd disk && mkdir -p services/a && touch services/a/entrypoint.sh; cat /dev/zero >filler) 2>/dev/null
cd disk || fail 'no disk'
"$BACKSTEP" init >../out 2>&1; status=$?
cd ..
[ $status = 6 ] || fail "not 6 but $status"
says 'nothing was written: '
says 'No space left on device'
one_line
[ "$(ls -A disk)" = "$(printf 'filler\nservices')" ] || fail "leftovers: $(ls -A disk)"
mkdir locked secret
chmod 700 secret
chmod 555 locked
become_nobody
chown 0:0 secret 2>/dev/null
cd locked || fail 'no directory'
"$BACKSTEP" init >../out 2>&1; status=$?
cd ..
[ $status = 6 ] || fail "not 6 but $status"
says 'nothing was written: '
says 'Permission denied'
missing locked/backstep.yml
# A directory that cannot be read is named, and the rest is found.
[ "$(id -u)" = 0 ] || skip 'only root may make what its own program cannot read'
mkdir -p t/services/a t/secret && touch t/services/a/entrypoint.sh
chown -R 65534 t/services && chown 65534 t && chmod 700 t/secret
cd t || fail 'no tree'
"$BACKSTEP" init >../out 2>&1 || fail 'not 0'
cd ..
says "⚠️ Warning: 'secret' could not be looked into"
says '1 service in services/ with entrypoint.sh'
