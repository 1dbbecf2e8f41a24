# A signal or a kill in an import: whole sets stay, no half one is seen, and importing again brings the rest.
tree
for word in v1 v2; do
  sh -c "$(generate_word $word)"
  expect 0 backup
done
expect 0 export store.tar
first=$(backups | head -n 1)
# Ends within the second set's first file, and then brings nothing more.
cut_at=$(python3 -c 'import sys, tarfile
print([m for m in tarfile.open("store.tar") if m.name.startswith(sys.argv[1]) and m.isreg()][1].offset_data + 1)' "$(newest)")
mkdir two
cd two || exit
for signal in TERM KILL; do
  mkfifo pipe
  (head -c "$cut_at" ../store.tar; exec tail -f /dev/null) >pipe 2>feeder.out &
  feeder=$!
  "$BACKSTEP" import - <pipe >started.out 2>&1 &
  started=$!
  # shellcheck disable=SC2064 # the two as they are now
  trap "kill -9 $feeder $started 2>/dev/null; :" EXIT
  until_true 20 sh -c 'ls -d backups/.partial-*/*_entrypoint.sh backups/2*'
  kill -$signal $started
  ended 2>/dev/null
  status=$?
  kill $feeder
  [ "$(backups)" = "$first" ] || fail "after $signal: $(backups)"
  if [ $signal = TERM ]; then
    [ $status = 143 ] || fail "status $status: $(cat started.out)"
    grep -q "1 set came in" started.out || fail "not said: $(cat started.out)"
    [ -z "$(find backups -name '.partial-*')" ] || fail "left behind"
  fi
  expect 0 import ../store.tar
  diff -r -x lock -x index backups ../backups || fail "it is not the same store after $signal"
  rm -r backups pipe
done
