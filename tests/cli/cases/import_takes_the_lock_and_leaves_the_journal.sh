# `prune mark import` take the lock and leave the journal.
tree
expect 0 backup
expect 0 export store.tar
cp -r backups other
crash_in deploy --backups-dir other
journal=other/.backstep/journal.json
open=$(cat $journal)
rm -r "other/$(newest)"
expect 0 import store.tar --backups-dir other
says "✅ Imported $(newest)"
[ "$(cat $journal)" = "$open" ] || fail "the journal was changed"
start run --deploy "$(hang reached_again)"
until_true 20 test -e reached_again
expect 11 import store.tar --lock-wait 200ms
says "another run has the store"
expect 0 import store.tar --dry-run
