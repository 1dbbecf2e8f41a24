# A hard link is only a saving: whatever a file system says to it, the second backup works and evidence is kept.
need strace
strace -o /dev/null true 2>/dev/null || skip "tracing is not permitted here"
refused() { strace -f -o /dev/null -e trace=linkat -e "inject=linkat:error=$1" "$BACKSTEP" "${@:2}" >out 2>&1; }
for why in ENOSYS EIO EACCES EMLINK EINVAL; do
  rm -rf backups
  tree
  expect 0 backup
  refused $why backup || fail "$why: the second backup failed"
  refused $why run --generate "$(generate_word bad)" --deploy false --rollback-command true
  is_old
  says_not "could not be kept"
  grep -rq 'echo bad' backups/.backstep/failed || fail "$why: no evidence"
done
