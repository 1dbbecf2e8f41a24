# `accepted`: settling it never touches live files, completes the rest, ends.
tree
expect 1 run --check-baseline false --generate "$(generate_word new)" --deploy true \
  --health-check "rm backups/.backstep/verdicts.jsonl; mkdir backups/.backstep/verdicts.jsonl"
says "the new version, healthy, but the verdict was not written"
in_phase accepted
rmdir backups/.backstep/verdicts.jsonl
expect 0 run --deploy "true"
says "had been accepted: its records are complete now"
grep -q '"good":true' backups/.backstep/verdicts.jsonl || fail "there is no verdict"
is_word new
no_journal
