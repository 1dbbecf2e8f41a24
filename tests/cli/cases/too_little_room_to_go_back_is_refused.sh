# No room for the files once more beside themselves: 6 before anything changes, with what is needed and free.
own_mounts
small_disk 700k work
store=$PWD/store
cd work || exit
tree
for service in action_service typesense_client_service; do head -c 150k /dev/zero >>"$(entrypoint $service)"; done
head -c 200k /dev/zero >taken
before=$(snapshot)
for verb in begin "run --generate false --deploy false"; do
  # shellcheck disable=SC2086 # words
  expect 6 $verb --backups-dir "$store"
  last_line_says "pre-flight failed, nothing was changed: cannot bring files back to 'services/action_service': No space left on device (304 KiB are needed, "
  last_line_says "KiB are free); make room there"
  missing "$store/.backstep/journal.json"
  rm out
done
[ "$(snapshot)" = "$before" ] || fail "something changed"

# Exactly enough is enough: no room is asked for that a restore does not take.
free() { df --output=avail . | tail -n 1 | tr -d ' '; }
rm taken
head -c "$(($(free) - 304))k" /dev/zero >taken
[ "$(free)" = 304 ] || fail "$(free) KiB are free"
rollback_at_full() { "$BACKSTEP" run --backups-dir "$store" --generate "$(generate_word v1)" \
  --deploy "head -c $((304 + $1))k /dev/zero >fill 2>/dev/null; false" --rollback-command 'rm fill' >../out 2>&1; }
rollback_at_full -8
[ $? = 21 ] || fail "not rolled back: $(cat ../out)"
[ "$(snapshot)" = "$before" ] || [ "$(snapshot | grep -v taken)" = "$(grep -v taken <<<"$before")" ] || fail "not restored"

# A store of its own without room for what a rollback replaces: said, no reason to stop.
rm taken
cd .. && small_disk 400k store2 && cd work || exit
"$BACKSTEP" run --backups-dir "${PWD%/work}/store2" --generate true --deploy true >../out 2>&1 || fail "refused: $(cat ../out)"
grep -q "store2' has .* KiB free: what a rollback replaces (304 KiB) could not be kept" ../out || fail "not said: $(cat ../out)"

# By hand: refused before a journal is written, so there is nothing to recover from.
for service in action_service typesense_client_service; do echo v1 >"$(entrypoint $service)"; done
head -c 1M /dev/zero >fill 2>/dev/null
"$BACKSTEP" rollback --files-only --backups-dir "$store" >../out 2>&1
[ $? = 6 ] || fail "not 6: $(cat ../out)"
grep -q "No space left on device" ../out || fail "not said: $(cat ../out)"
missing "$store/.backstep/journal.json"
rm fill
"$BACKSTEP" rollback --files-only --backups-dir "$store" >../out 2>&1 || fail "not 0: $(cat ../out)"
is_old
