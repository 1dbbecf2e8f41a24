# When we die [the keeper] kills its command's tree, reaps it, and only then lets go of the lock.
need flock
need setsid
tree
start run --deploy "(trap '' TERM HUP; echo \$\$ >shell; setsid tail -f /dev/null & echo \$! >child; touch reached; while :; do :; done)"
until_true 20 test -s child
until_true 20 test -e reached
kill -9 "$started"
flock -w 20 backups/.backstep/lock true || fail "the lock is not free after the kill"
alive() { [ -e "/proc/$1" ] && ! grep -q '^State:.[ZX]' "/proc/$1/status"; }
! alive "$(cat child)" || fail "a child of the command lives though the lock is free"
! alive "$(cat shell)" || fail "the command lives though the lock is free"
