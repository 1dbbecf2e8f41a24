# prune: retention; never what a journal names or the last good one; others leave by the rule, said.
a_good_v1
for word in v2 v3 v4; do sh -c "$(generate_word $word)"; expect 0 backup; done
expect 0 prune --keep-last 1 --keep-good 1 --keep-within 0
[ "$(backups | wc -l)" = 1 ] || fail "kept: $(backups)"
[ "$(ls backups/.backstep/good | wc -l)" = 1 ] || fail "the last good one went"
expect 0 verify
expect 0 rollback --to last-good
is_word v1
