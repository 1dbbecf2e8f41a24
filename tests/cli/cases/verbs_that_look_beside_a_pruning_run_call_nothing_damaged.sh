# verify, list, export, diff, show and status in a loop beside runs whose retention removes sets: never a
# false "damaged", never a set that is no longer good.
tree
quick_checks
echo 'retention: {keep_last: 1, keep_good: 1, keep_within: 0, keep_failed: 1}' >backstep.yml
check='! grep -q bad services/action_service/entrypoint.sh'
run() { "$BACKSTEP" run --generate "$(generate_word "$1")" --deploy true --health-check "$check" >run.out 2>&1; }
run v0 || fail "v0: $(cat run.out)"
(
  for i in $(seq 12); do
    run "v$i" || { cp run.out ended; exit; }
    run "bad$i" # evidence comes and goes, too
    [ $? = 20 ] || { cp run.out ended; exit; }
  done
  touch ended
) &
runs=$!
trap 'kill $runs 2>/dev/null; :' EXIT
reads=0
until [ -e ended ]; do
  for verb in verify list "export x.tar" diff "diff last-good" status "show latest"; do
    # shellcheck disable=SC2086 # words
    "$BACKSTEP" $verb >out 2>&1
    status=$?
    says_not damaged
    says_not missing
    says_not "no backup holds"
    case "$status $verb" in
      0\ *) ;;
      2\ diff* | 2\ show*) grep -qE "was removed while|no backup " out || fail "$verb: $status" ;;
      6\ export*) says "export again" ;;
      6\ diff*) says "keeps changing while it is read" ;; # the run writes there
      *) fail "'backstep $verb' exited with $status" ;;
    esac
    reads=$((reads + 1))
  done
done
[ ! -s ended ] || fail "a run ended otherwise: $(cat ended)"
[ $reads -ge 20 ] || fail "only $reads reads"
expect 0 verify
