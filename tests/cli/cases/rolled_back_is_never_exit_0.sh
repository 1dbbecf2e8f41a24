# Whatever the run did to come back, its new version is not live: the pipeline must not go on green.
v2=$(generate_word v2)
not_zero() { "$BACKSTEP" "$@" >out 2>&1 && fail "'backstep $*' exited with 0"; is_word v1; }
a_good_v1
not_zero run --generate "$v2" --deploy true --health-check "$says_v1"
not_zero run --generate "$v2" --deploy true --health-check "$says_v1" --json
not_zero run --generate "$v2" --deploy 'exit 1'
not_zero run --generate "$v2; exit 1" --deploy true
not_zero run --generate "$v2" --deploy true --health-check 'exit 1'
not_zero run --generate "$v2" --deploy 'sleep 9' --deploy-timeout 50ms
not_zero run --generate "$v2" --deploy 'kill -9 $$'
for status in success failure cancelled; do
  expect 0 begin
  sh -c "$v2"
  not_zero finish --status $status --health-check "$says_v1"
done
