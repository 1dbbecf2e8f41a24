# `accepted`: settling it stores the set if the files still hash to the record, completes the rest, ends.
tree
expect 1 run --check-baseline false --generate "$(generate_word new)" --deploy "echo deploy >>deploys" \
  --health-check "rm -rf backups/.backstep/good; touch backups/.backstep/good"
rm backups/.backstep/good
expect 0 recover
is_word new
times 1 deploys
grep -rq "echo new" backups/.backstep/good || fail "the accepted set is not stored"
recorded accepted
grep -q '"good":true' backups/.backstep/verdicts.jsonl || fail "there is no verdict"
no_journal
