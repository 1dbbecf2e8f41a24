# A place that is mounted read-only, a whole tree, one service or one file: 6 before anything changes.
own_mounts
store=$PWD/store
mkdir work
cd work || exit
tree
before=$(snapshot)
read_only() { { mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"; } || skip "no bind mount here"; }
refused() { # WHAT IS SAID
  local verb
  for verb in begin "run --generate false --deploy false"; do
    # shellcheck disable=SC2086 # words
    expect_beside 6 $verb --backups-dir "$store"
    last_line_beside "pre-flight failed, nothing was changed: $1: Read-only file system; mount it writable"
    missing "$store/.backstep/journal.json"
  done
  [ "$(snapshot)" = "$before" ] || fail "something changed"
}
expect_beside() { # the output lies outside of what may be read-only
  local wanted=$1 status
  shift
  "$BACKSTEP" "$@" >../out 2>&1
  status=$?
  [ "$status" -eq "$wanted" ] || fail "'backstep $*' exited with $status, not $wanted: $(cat ../out)"
}
last_line_beside() { tail -n 1 ../out | grep -qF -- "$1" || fail "not said: $1: $(cat ../out)"; }

read_only services/action_service
refused "cannot replace files in 'services/action_service'"
umount services/action_service

read_only "$(entrypoint)"
refused "cannot overwrite 'services/action_service/entrypoint.sh'"
umount "$(entrypoint)"

read_only "$PWD"
cd "$PWD" || exit # into the mount
refused "cannot replace files in 'services/action_service'"
cd .. && umount work && cd work || exit

expect_beside 20 run --backups-dir "$store" --generate 'echo "#!/bin/sh" >services/action_service/entrypoint.sh' \
  --deploy 'grep -q old services/action_service/entrypoint.sh' --health-check true
[ "$(snapshot)" = "$before" ] || fail "not restored"
