# An archive brings a set with the older right to the name of the open run's backup: that one is renamed,
# the journal still finds it. A merge that was killed between the two is completed by the next.
need python3
forge() { python3 "$CASES/../support/forged_set.py" "$@"; }
tree
crash_in deploy --generate "$(generate_word new)"
open=$(cat "$journal")
made_at "backups/$(newest)" 2026-05-04_03-02-01
uid=$(uid_in backups/2026-05-04_03-02-01)
forge --uid 00000000000000000001 set.tar 2026-05-04_03-02-01 services/other/entrypoint.sh=x
expect 0 import set.tar --dry-run
says '2026-05-04_03-02-01 would be 2026-05-04_03-02-02 from now on'
exists backups/2026-05-04_03-02-01/action_service_entrypoint.sh
expect 0 import set.tar
says '2026-05-04_03-02-01 is 2026-05-04_03-02-02 from now on'
[ "$(uid_in backups/2026-05-04_03-02-02)" = "$uid" ] || fail 'the backup has another name'
[ "$(cat "$journal")" = "$open" ] || fail 'the journal was changed'
expect 0 verify
expect 0 prune --keep-last 1 --keep-within 0
exists backups/2026-05-04_03-02-02
expect 20 recover --health-check true
says 'Restored action_service from 2026-05-04_03-02-02'
is_old

# Killed after the rename: the gap is filled by whom it was made for, and by nobody with a lesser right.
rm -rf backups/2026-05-04_03-02-01
forge --uid ffffffffffffffffffff late.tar 2026-05-04_03-02-01 services/other/entrypoint.sh=y
expect 0 import late.tar
says 'Imported 2026-05-04_03-02-03'
expect 0 import set.tar
says 'Imported 2026-05-04_03-02-01'
[ "$(uid_in backups/2026-05-04_03-02-02)" = "$uid" ] || fail 'the backup was renamed again'
