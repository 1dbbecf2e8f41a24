# verdicts.jsonl, history.jsonl: a torn last line harms nothing.
a_good_v1
printf '{"version":1,"run":"2026-' >>backups/.backstep/verdicts.jsonl
printf '{"version":1,"ev' >>"$history"
expect 0 history
says accepted
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
is_word v1
expect 0 history
says rolled_back
[ "$(grep -c rolled_back out)" = 1 ] || fail "the new line was lost"
expect 0 rollback --to last-good
