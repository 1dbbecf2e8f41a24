# A tracked file that is itself a mount point: said at once, restored in place; a kill in the middle is mended.
own_mounts
mount_file() { mount --bind mounted "$(entrypoint)" || skip "no bind mount here"; }
tree
head -c 3M /dev/zero >>"$(entrypoint)"
cp "$(entrypoint)" mounted
old=$(sha256sum <mounted)
mount_file
was_old() {
  [ "$(sha256sum <"$(entrypoint)")" = "$old" ] || fail "not the old content: $(head -c 100 "$(entrypoint)")"
  [ "$(sha256sum <mounted)" = "$old" ] || fail "another file lies there, not the mounted one"
}

expect 0 run --generate true --deploy true
says "services/action_service/entrypoint.sh is a mount point: a rollback writes it in place, not by rename"
expect 21 run --generate "$(generate_word v1)" --deploy false --rollback-command true
was_old
is_old typesense_client_service
says "services/action_service/entrypoint.sh is a mount point: written in place, not by rename"

sh -c "$(generate_word v1)"
expect 0 rollback --files-only
was_old

# Killed at each call on the mounted file, one after the other, until a run gets past them all.
need strace
run_killed_at() { # CALL NUMBER
  strace -q -o trace -P "$(entrypoint)" -e "trace=$1" -e "inject=$1:signal=KILL:when=$2" \
    "$BACKSTEP" run --generate "$(generate_word v1)" --deploy false --rollback-command true >out 2>&1
}
killed=0
restoring=0
for call in write ftruncate fchmod fsync; do
  for number in $(seq 40); do
    { run_killed_at $call "$number"; } 2>/dev/null
    status=$?
    [ "$status" = 137 ] || break
    until_true 20 flock -n backups/.backstep/lock true
    # What the generator wrote is flushed before it is recorded: those calls come in earlier phases.
    [ $call = fsync ] || in_phase restoring
    ! record 2>/dev/null | grep -q '"phase":"restoring"' || restoring=$((restoring + 1))
    "$BACKSTEP" recover >out 2>&1 || [ $? = 21 ] || fail "recover: $(cat out)"
    no_journal
    was_old
    is_old typesense_client_service
    killed=$((killed + 1))
  done
  [ "$status" = 21 ] || fail "exit $status at $call $number"
done
[[ $killed -ge 10 && $restoring -ge 10 ]] || fail "only $killed kills, $restoring in the restore, reached the mounted file"
