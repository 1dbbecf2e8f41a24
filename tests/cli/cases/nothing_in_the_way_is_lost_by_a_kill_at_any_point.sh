# A restore that moves things away is killed at each of its calls that change something. Whoever goes on brings
# the services back, and what lay in the way is in the evidence, once.
need strace
strace -o /dev/null true 2>/dev/null || skip "tracing is not permitted here"
prepare() {
  rm -rf services backups
  tree a b c
  "$BACKSTEP" backup >/dev/null || fail "no backup"
  sh -c "$(generate_word new)"
  rm -r services/a && echo oops >services/a
  rm services/b/entrypoint.sh && ln -s gone services/b/entrypoint.sh
  rm services/c/entrypoint.sh && mkdir services/c/entrypoint.sh && echo inner >services/c/entrypoint.sh/inner
}
kept_once() { [ "$(find backups/.backstep/failed services "$@" 2>/dev/null | wc -l)" = 1 ] || fail "$call $n: not once: $(find . "$@")"; }
mkdir all && cd all || exit
kills=0
for call in renameat renameat2 mkdirat unlinkat fdatasync fsync syncfs; do
  for n in {1..60}; do
    prepare
    strace -o ../calls -e "trace=$call" -e "inject=$call:signal=KILL:when=$n" "$BACKSTEP" rollback --to latest --recreate >out 2>&1
    status=$?
    "$BACKSTEP" recover >out 2>&1 || fail "$call $n: recover exited with $?"
    expect 0 recover
    says "nothing to recover"
    expect 0 rollback --to latest --recreate
    is_old a
    is_old b
    is_old c
    kept_once -type f -size 5c -name a
    kept_once -type l -name 'entrypoint.sh*'
    kept_once -type f -name inner
    [ $status -ne 0 ] || break
    kills=$((kills + 1))
  done
done
[ $kills -gt 20 ] || fail "only $kills kills"
