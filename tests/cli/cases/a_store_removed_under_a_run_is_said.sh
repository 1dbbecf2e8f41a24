# A `git clean` under the running tool: what cannot be done is said, and the exit code is not 0.
for cleaned in backups/.backstep backups/.backstep/journal.json backups; do
  for deploy in true false; do
    rm -rf reached go backups && tree
    start run --generate "$(generate_word new)" --rollback-command true \
      --deploy "touch reached; until [ -e go ]; do sleep 0.05; done; $deploy"
    until_true 20 test -e reached
    rm -rf $cleaned
    touch go
    ended; status=$?
    cp started.out out
    case $cleaned:$deploy in
      # The journal of the next phase takes the place of the one that was removed.
      *journal.json:true) [ $status = 0 ] || fail "a lost journal gave $status"; continue ;;
      *journal.json:false) [ $status = 21 ] || fail "a lost journal gave $status"; is_old; continue ;;
      # Without a check the deploy is what decides, and it went well.
      *:true)
        [ $status = 1 ] || fail "$cleaned, $deploy: exit $status"
        answer_says "the new version, but the accepted set was not stored"
        continue ;;
    esac
    [ $status = 22 ] || fail "$cleaned, $deploy: exit $status"
    answer_says "The rollback failed"
    says_not "the new version, healthy"
  done
done
