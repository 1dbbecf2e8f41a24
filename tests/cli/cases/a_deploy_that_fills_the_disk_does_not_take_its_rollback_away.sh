# Room for the files is held while a run is open: they come back on a full disk, what was replaced is kept, and the run is recorded.
own_mounts
small_disk 900k tree
cd tree || exit
tree
for service in action_service typesense_client_service; do { printf "# "; head -c 100k /dev/zero | tr "\\0" x; echo; } >>"$(entrypoint $service)"; done
old=$(snapshot)
new='for f in services/*/entrypoint.sh; do printf "#!/bin/sh\necho v1\n" >"$f"; { printf "# "; head -c 90k /dev/zero | tr "\\0" x; echo; } >>"$f"; done'
fill='head -c 2M /dev/zero >../tree/fill'
kept() { sed -n 's/^ *saved: .* in //p' ../out; }
run_full() { "$BACKSTEP" run --backups-dir "$store" --generate "$new" --deploy "$fill; false" --rollback-command true \
  --health-check '! grep -qs v1 services/*/entrypoint.sh' --health-retries 1 --health-interval 10ms >../out 2>&1; }
came_back() {
  rm fill
  [ "$(snapshot)" = "$old" ] || { cat ../out; fail "not restored: $(snapshot)"; }
  missing "$store/.backstep/journal.json"
  [ -z "$(find . "$store" -name '.backstep-*')" ] || fail "left over: $(find . "$store" -name '.backstep-*')"
  "$BACKSTEP" verify --backups-dir "$store" >../out 2>&1 || fail "$(cat ../out)"
}

# In the store, or in the tree where that lies on another disk.
for store in backups "${PWD%/tree}/store"; do
  run_full
  [ $? = 20 ] || fail "not rolled back: $(cat ../out)"
  grep -q "no room is left, so what was held for a rollback is used: cannot write 'services/action_service/entrypoint.sh': No space left on device" ../out ||
    fail "not said: $(cat ../out)"
  name=$(kept)
  [ -n "$name" ] || fail "nothing kept: $(cat ../out)"
  came_back
  for service in action_service typesense_client_service; do
    grep -qa "echo v1" "$store/.backstep/$name/${service}_entrypoint.sh" || fail "$name does not hold $service"
  done
  "$BACKSTEP" history --backups-dir "$store" >../out
  grep -q "rolled_back" ../out || fail "$(cat ../out)"
  [ "$store" = backups ] && rm -r backups
done

# What comes back may be larger than what lay there: the last known good version, not what a checkout brought.
for store in backups "${PWD%/tree}/store"; do
  rm -rf "$store"
  checked() { "$BACKSTEP" run --backups-dir "$store" --rollback-command true --health-check 'grep -q old services/*/entrypoint.sh' \
    --health-retries 1 --health-interval 10ms --health-start-period 0s "$@" >../out 2>&1; }
  checked --deploy true || fail "$(cat ../out)"
  for service in action_service typesense_client_service; do echo '# of a checkout' >"$(entrypoint $service)"; done
  checked --deploy "$fill; false"
  [ $? = 20 ] || fail "not rolled back: $(cat ../out)"
  grep -q "what was held for a rollback is used" ../out || fail "not by what was held: $(cat ../out)"
  came_back
done

# While it is open, nobody takes what is held for work: not the deploy's git, and no pattern.
rm -rf "$store"
if command -v git >/dev/null; then
  git init -q . && git add services && git -c user.name=a -c user.email=a@b commit -qm v0
fi
see='find . -name ".backstep-reserve" >../seen; command -v git >/dev/null && { git clean -fdq && git status --short; } >>../seen; ls -A .backstep-reserve >>../seen'
"$BACKSTEP" run --backups-dir "$store" --files '**/*' --deploy "$see" >../out 2>&1 || fail "$(cat ../out)"
[ "$(cat ../seen)" = "./.backstep-reserve
.gitignore
action_service_entrypoint.sh
typesense_client_service_entrypoint.sh" ] || fail "seen: $(cat ../seen)"
missing .backstep-reserve
! grep -qs backstep-reserve -r "$store" || fail "it is tracked"
rm -rf .git

# A begin holds it for its finish; what a killed call left is gone with the next run; off is off.
"$BACKSTEP" begin --backups-dir "$store" >../out 2>&1 || fail "$(cat ../out)"
sh -c "$new"
sh -c "$fill" 2>/dev/null
"$BACKSTEP" finish --status failure --backups-dir "$store" --rollback-command true >../out 2>&1
[ $? = 21 ] || fail "not rolled back: $(cat ../out)"
came_back
mkdir -m 700 .backstep-reserve && touch .backstep-reserve/action_service_entrypoint.sh
"$BACKSTEP" run --backups-dir "$store" --deploy 'ls -A .backstep-reserve >../seen 2>&1 || :' --rollback false >../out 2>&1 || fail "$(cat ../out)"
grep -q "No such file" ../seen || fail "held though it is off: $(cat ../seen)"
