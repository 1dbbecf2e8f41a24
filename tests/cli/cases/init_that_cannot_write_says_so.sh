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
mkdir locked
chmod 555 locked
become_nobody
cd locked || fail 'no directory'
"$BACKSTEP" init >../out 2>&1; status=$?
cd ..
[ $status = 6 ] || fail "not 6 but $status"
says 'nothing was written: '
says 'Permission denied'
missing locked/backstep.yml
# What cannot be read is named, and the rest is found.
[ "$(id -u)" = 0 ] || skip 'only root may make what its own program cannot read'
mkdir -p t/services/a t/services/secret && touch t/services/a/entrypoint.sh t/compose.yml
chown -R 65534 t/services/a && chown 65534 t t/services && chmod 700 t/services/secret && chmod 600 t/compose.yml
cd t || fail 'no tree'
"$BACKSTEP" init >../out 2>&1 || fail 'not 0'
cd ..
says '⚠️ Warning: services/secret is left out: '
says "⚠️ Warning: nothing was taken from Compose's file: "
says '1 service in services/ with entrypoint.sh'
