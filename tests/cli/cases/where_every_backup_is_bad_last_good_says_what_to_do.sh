# Every backup is known bad: 'rollback --to last-good' changes nothing and names the two ways on; a
# failed run goes back to what lay there before, and says that it is bad. Retention removes no more
# than its rules say, and the newest stays anyway.
tree
quick_checks
for word in b1 b2; do backup_of $word; expect 0 mark bad "$(newest)"; done
expect 10 rollback --to last-good
says "every backup is known bad: name an ID of 'list'"
says "backstep mark good ID"
one_line
is_word b2
expect 21 run --generate "$(generate_word v3)" --deploy true --health-check false
says "this run's backup, known bad, because nothing is known good yet"
is_word b2
expect 0 prune --keep-last 0 --keep-good 3 --keep-within 0
says 'newest, for nothing is known good'
[ "$(backups | wc -l)" = 1 ] || fail "kept: $(backups)"
expect 0 mark good "$(newest)"
expect 0 rollback --to last-good
is_word b2
