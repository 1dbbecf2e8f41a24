# No room to restore, and the deploy has cleaned away what was held: nothing half done, journal kept, exit 22;
# recover works once there is room.
own_mounts
small_disk 900k tree
cd tree || exit
tree
for service in action_service typesense_client_service; do head -c 100k /dev/zero >>"$(entrypoint $service)"; done
old=$(snapshot)
new=$(generate_word v1)
for store in "${PWD%/tree}/store" backups; do
  expect 22 run --backups-dir "$store" --rollback-command 'echo x >>../ran' --generate "$new" \
    --deploy 'rm -rf .backstep-reserve backups/.backstep/.backstep-reserve; head -c 1M /dev/zero >fill; false'
  says "No space left on device"
  says "backstep recover"
  for service in action_service typesense_client_service; do
    grep -qx "echo v1" "$(entrypoint $service)" || fail "half restored"
  done
  [ -z "$(find services -name '.*')" ] || fail "staged files were left: $(find services)"
  exists "$store/.backstep/journal.json"
  missing ../ran
  rm fill out
  expect 21 recover --backups-dir "$store"
  rm out
  [ "$(snapshot)" = "$old" ] || fail "not restored: $(snapshot)"
  times 1 ../ran
  rm ../ran
done
