# The files come back, and what is owed stays owed, also where another verb of root's has settled it in between.
[ "$(id -u)" = 0 ] || skip "only root can be asked to run another user's commands"
tree
quick_checks
prepare() {
  rm -rf backups ran
  tree
  crash_in deploy --generate "$(generate_word v1)" --rollback-command 'touch ran' --health-check 'touch ran' --check-baseline false
  in_phase deploying
}
stays_owed() {
  missing ran
  in_phase restored
  is_old
  says "no command of 'the journal of run $(open_run)' is run"
}
prepare
chown -R 65534:65534 .
expect 21 recover
stays_owed
expect 21 recover
stays_owed
BACKSTEP_TRUST_OWNER=65534 expect 20 recover
exists ran
no_journal

prepare
chown -R 65534:65534 .
expect 0 backup
expect 21 finish --status failure
stays_owed

# Everybody may have written it.
prepare
chmod 666 "$journal"
expect 21 recover
stays_owed
expect 21 recover
stays_owed

# Root's own stays root's in another user's tree, whose owner may read and delete it.
rm -rf backups
chown -R 65534:65534 .
prepare
[ "$(stat -c '%u %a' "$journal")" = '0 640' ] || fail "$(ls -ln "$journal")"
need setpriv
setpriv --reuid 65534 --regid 65534 --clear-groups cat "$journal" >/dev/null || fail "the owner of the tree cannot read it"
expect 20 recover
exists ran
