# Complaint: "prunes the last good release and keeps the failed ones". Whatever the rules say, and
# however many versions came and failed since, the last good one stays and can be gone back to.
a_good_v1
for word in f1 f2 f3; do
  expect 20 run --generate "$(generate_word $word)" --deploy true --health-check "$says_v1"
done
for set in backups/2*; do date_set "$set" 400; done
date_set backups/.backstep/good/2* 400
for word in v2 v3 v4; do backup_of $word; done
for rules in '--keep-last 1 --keep-good 0' '--keep-last 0 --keep-within 1ms' '--keep-good 1' '--keep-tags v9'; do
  # shellcheck disable=SC2086 # words
  BACKSTEP_KEEP_LAST=0 BACKSTEP_KEEP_GOOD=0 BACKSTEP_KEEP_WITHIN=0 expect 0 prune $rules
  grep -q 'keep .* last good' out || fail "no set is kept as the last good one by $rules"
done
expect 0 verify
expect 0 rollback --to last-good
is_word v1
