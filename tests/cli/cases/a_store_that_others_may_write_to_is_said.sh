# Who can write to the store chooses what a rollback restores, and who can enter it may hold its lock.
[ "$(id -u)" = 0 ] || skip "only root can give a store away"
tree
mkdir store
chmod 777 store
expect 0 backup --backups-dir "$PWD/store"
says "⚠️ Warning: the store '$PWD/store' is writable for everybody, who can so choose what a rollback restores"
chmod 755 store
chown 65534 store
expect 0 backup --backups-dir "$PWD/store"
says "is writable for user 65534, who can so choose what a rollback restores"
chown 0 store
expect 0 backup --backups-dir "$PWD/store"
says_not "writable"

chmod 755 store/.backstep
flock store/.backstep sh -c ': >held; exec tail -f /dev/null' &
holder=$!
trap 'pkill -P $holder; kill $holder 2>/dev/null' EXIT
until_true 20 test -e held
expect 11 backup --backups-dir "$PWD/store" --lock-wait 100ms
says ", or anybody: chmod o-rwx store/.backstep"
