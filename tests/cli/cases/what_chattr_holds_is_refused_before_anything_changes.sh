# Immutable or append-only, a file, a directory or the store: 6 before anything changes, and how to end it.
need chattr
tree
touch probe
chattr +i probe 2>/dev/null || skip "this file system has no immutable files, or this user may not make them"
trap 'chattr -R -f -ia . 2>/dev/null; :' EXIT
chattr -i probe && rm probe
before=$(snapshot)
refused() { # FLAG PATH WHAT IS SAID
  local verb
  chattr "+$1" "$2"
  for verb in begin "run --generate false --deploy false"; do
    # shellcheck disable=SC2086 # words
    expect 6 $verb
    last_line_says "nothing was changed: $3"
    last_line_says "'chattr -$1' ends that"
    no_journal
  done
  chattr "-$1" "$2"
  [ "$(snapshot)" = "$before" ] || fail "something changed"
}
for flag in i a; do
  refused $flag "$(entrypoint)" "cannot replace 'services/action_service/entrypoint.sh': Operation not permitted"
  refused $flag services/action_service "cannot replace files in 'services/action_service': Operation not permitted"
done
refused a backups "cannot replace files in 'backups': Operation not permitted"
refused i backups/.backstep/good "cannot replace files in 'backups/.backstep/good': Operation not permitted"
refused a backups/.backstep "cannot replace files in 'backups/.backstep': Operation not permitted"
[ -z "$(find backups services -name '.*' ! -name .backstep)" ] || fail "leftovers: $(find backups services -name '.*')"

# By hand: only what the rollback would change counts.
echo v1 >"$(entrypoint)"
chattr +i services/typesense_client_service "$(entrypoint typesense_client_service)"
expect 0 rollback --files-only
chattr -i services/typesense_client_service "$(entrypoint typesense_client_service)"
echo v1 >"$(entrypoint)"
chattr +i "$(entrypoint)"
expect 6 rollback --files-only
last_line_says "cannot replace 'services/action_service/entrypoint.sh': Operation not permitted; it is immutable"
no_journal
