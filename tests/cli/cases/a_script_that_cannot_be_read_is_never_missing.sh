# A script whose attributes cannot be read is kept and replaced. Killed at whichever of its calls, the
# rollback leaves one in its place, the old or the new.
need strace
strace -o /dev/null true 2>/dev/null || skip "tracing is not permitted here"
mkdir all && cd all || exit
kills=0
for call in renameat renameat2 linkat unlinkat fdatasync fsync syncfs; do
  for n in {1..60}; do
    rm -rf services backups
    tree a b
    "$BACKSTEP" backup >/dev/null || fail "no backup"
    sh -c "$(generate_word new)"
    strace -o ../calls -e "trace=$call,fgetxattr" -e inject=fgetxattr:error=EACCES -e "inject=$call:signal=KILL:when=$n" \
      "$BACKSTEP" rollback --to latest >out 2>&1
    status=$?
    for service in a b; do
      grep -qE "^echo (old|new)" services/$service/entrypoint.sh || fail "$call $n: $service has no script"
    done
    expect 0 recover
    expect 0 rollback --to latest
    is_old a
    is_old b
    [ $status = 137 ] || break
    kills=$((kills + 1))
  done
done
[ $kills -gt 10 ] || fail "only $kills kills"
