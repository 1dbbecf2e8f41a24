# A terminal that nobody reads (a connection that hangs), that somebody has stopped (Ctrl-S), or that is another
# user's: the deploy's time, the rollback and a stop signal do not wait for it.
need python3
talk='yes a line of some length that fills every terminal soon | head -c 1000000'
quick_checks
chmod 755 .
export BACKSTEP_DEPLOY="$talk" BACKSTEP_DEPLOY_TIMEOUT=60s BACKSTEP_ROLLBACK_COMMAND=true
export BACKSTEP_HEALTH_CHECK='grep -q old services/action_service/entrypoint.sh'
# on_terminal KIND STATUS [COMMAND…]: a failing run in a tree of its own, on a terminal of that kind.
on_terminal() {
  mkdir "$1"
  cd "$1" || exit 1
  tree
  if [ "$1" = another_users ]; then become_nobody; fi
  timeout 100 python3 "$CASES/../support/unread_terminal.py" "$1" "$BACKSTEP" run --generate "$(generate_word v1)" "${@:3}"
  status=$?
  [ "$status" = "$2" ] || fail "$1: $status, not $2"
  is_old
}
on_terminal unread 20 &
all=$!
on_terminal stopped 20 &
all="$all $!"
on_terminal terminated 143 --deploy "touch reached; $talk; exec tail -f /dev/null" &
all="$all $!"
if [ "$(id -u)" = 0 ]; then
  on_terminal another_users 20 &
  all="$all $!"
fi
for one in $all; do wait "$one" || exit 1; done
