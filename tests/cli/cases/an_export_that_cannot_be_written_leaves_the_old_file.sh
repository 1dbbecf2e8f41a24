# FILE is the old one or the new one; what cannot be a FILE is refused before anything is written.
own_mounts
tree
head -c 600k /dev/urandom >services/action_service/entrypoint.sh
expect 0 backup
small_disk 300k full
echo old >full/store.tar
expect 6 export full/store.tar
says "cannot export to 'full/store.tar': "
says "No space left on device"
one_line
[ "$(cat full/store.tar)" = old ] || fail "the old file is gone"
[ "$(ls -A full)" = store.tar ] || fail "left behind: $(ls -A full)"
"$BACKSTEP" export - >/dev/full 2>out
[ $? = 6 ] || fail "a full stdout is no failure"
says "cannot export to stdout: "
mkdir directory
ln -s elsewhere link
mkfifo fifo
for file in backups/store.tar "$PWD/backups/x.tar" "backups/$(newest)/x.tar" directory directory/ .. link fifo nosuch/x.tar; do
  expect 2 export "$file"
  one_line
done
[ -L link ] || fail "the symlink was replaced"
[ -p fifo ] || fail "the FIFO was replaced"
missing elsewhere
expect 2 export
