# BACKSTEP_GOOD_REVISION comes from the store, which may be an archive of somebody else's: an option is no commit.
a_good_v1
digest=$(grep -o '"digest":"[0-9a-f]*"' backups/.backstep/verdicts.jsonl | tail -n 1)
verdict() { printf '{"format":1,"run":"%020d","sequence":%d,"time":"2026-01-01T00:00:00Z",%s,"good":true,"commit":"%s"}\n' "$1" "$1" "$digest" "$2"; }
number=100
for commit in '--upload-pack=id' 'main' 'HEAD' 'c0ffee;id' 'c0ffee\n--x' ' c0ffee' 'C0FFEE' '../c0ffee' "$(printf 'a%.0s' {1..70})"; do
  number=$((number + 1))
  verdict $number "$commit" >>backups/.backstep/verdicts.jsonl
  # shellcheck disable=SC2016 # the deploy command sees it
  expect 0 run --deploy 'printf "<%s>" "$BACKSTEP_GOOD_REVISION" >revision'
  [ "$(cat revision)" = '<>' ] || fail "the command got $(cat revision)"
done
verdict $((number + 1)) c0ffee0123 >>backups/.backstep/verdicts.jsonl
# shellcheck disable=SC2016
expect 0 run --deploy 'printf "<%s>" "$BACKSTEP_GOOD_REVISION" >revision'
[ "$(cat revision)" = '<c0ffee0123>' ] || fail "the command got $(cat revision)"

# So does BACKSTEP_DIGEST after a crash, from the journal.
crash_in deploy --generate "$(generate_word new)"
edit_record 's/"digest":"[0-9a-f]*"/"digest":"--force"/'
expect 3 recover
says "'digest' is not 64 hex digits"
says 'backstep recover --keep'
