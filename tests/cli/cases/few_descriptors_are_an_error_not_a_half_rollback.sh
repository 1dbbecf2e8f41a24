# `ulimit -n` from too few to enough: done, or refused with the cause; the files are old or new, and recover helps.
tree a b c
old=$(snapshot)
refused=0 finished=0
new=$(generate_word v1)
# What the test inherits counts, too: the upper end leaves room for it.
for count in 3 5 7 9 11 13 15 18 {20..34}; do
  (ulimit -n "$count" && exec "$BACKSTEP" run --generate "$new" --deploy false --rollback-command true) >out 2>&1
  status=$?
  if [ $status = 21 ]; then
    finished=$((finished + 1))
  else
    refused=$((refused + 1))
    says "Too many open files"
  fi
  for service in a b c; do
    case $(cat "$(entrypoint $service)") in
      *"echo v1" | *"echo old $service") ;;
      *) fail "neither old nor new with $count" ;;
    esac
  done
  "$BACKSTEP" recover >out 2>&1
  no_journal
  [ "$(snapshot)" = "$old" ] || fail "not old after recover, with $count descriptors: $(cat out)"
done
[ $refused -ge 3 ] || fail "refused only $refused times"
[ $finished -ge 3 ] || fail "finished only $finished times"
echo "refused $refused times, finished $finished times"
