# Some file systems have no sync for a directory: EINVAL. All of the file system is synced then, which is more.
need strace
strace -o /dev/null true 2>/dev/null || skip "tracing is not permitted here"
tree
strace -f -o calls -e trace=fsync,syncfs -e inject=fsync:error=EINVAL "$BACKSTEP" backup >out 2>&1 || fail "the backup failed"
grep -A 1 'INJECTED' calls | grep -q 'syncfs(.*= 0' || fail "nothing was synced in its place: $(cat calls)"
