# In a directory with the setgid bit, which is shared by that, the store is its group's too, whatever the umask.
[ "$(id -u)" = 0 ] || skip "only root can be two operators"
need setpriv
binary=$BACKSTEP
setpriv --reuid 1001 --regid 3000 --clear-groups test -x "$binary" || { binary=$PWD/backstep_for_all && install -m 755 "$BACKSTEP" "$binary"; }
operator() { printf '#!/bin/sh\nexec setpriv --reuid %s --regid %s --groups 3000 %q "$@"\n' "$1" "$1" "$binary" >"as_$1"; chmod 755 "as_$1"; BACKSTEP=$PWD/as_$1; }
tree
quick_checks
chown -R 1001:3000 .
chmod -R g+rwX .
find . -type d -exec chmod g+s {} +
umask 022
operator 1001
expect 0 run --generate "$(generate_word v1)" --deploy true --health-check true
[ -z "$(find backups -type d -not -perm -2770)" ] || fail "not shared: $(find backups -type d -not -perm -2770 -ls)"
[ -z "$(find backups -perm /007 -not -name '*_entrypoint.sh')" ] || fail "open to others: $(find backups -perm /007 -ls)"
[ -z "$(find backups -not -group 3000)" ] || fail "not the group's: $(find backups -not -group 3000 -ls)"
operator 1002
for verb in list status history verify 'show latest' 'diff latest'; do
  # shellcheck disable=SC2086 # a verb and its word
  expect 0 $verb
done
expect 0 rollback --files-only
is_old
# The owner is the other operator, which nobody can give; the group is.
[ "$(stat -c %g "$(entrypoint)")" = 3000 ] || fail "not the group's"
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check '! grep -q v2 services/*/entrypoint.sh'
operator 1001
expect 0 run --generate "$(generate_word v3)" --deploy true --health-check true
crash_in deploy
operator 1002
expect 21 recover --restore
is_word v3
# Nobody else comes in by that.
chmod 755 .
BACKSTEP=$PWD/as_stranger
printf '#!/bin/sh\nexec setpriv --reuid 4000 --regid 4000 --clear-groups %q "$@"\n' "$binary" >as_stranger
chmod 755 as_stranger
expect 1 list
says "Permission denied"
