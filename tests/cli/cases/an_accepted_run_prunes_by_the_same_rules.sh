# After an accepted run the retention is applied as `prune` does it, and what went is said.
tree
quick_checks
for age in 40 30 20; do backup_of "v$age"; date_set "backups/$(newest)" "$age"; done
echo "retention: {keep_last: 2, keep_within: 25d}" >backstep.yml
expect 0 prune --dry-run
[ "$(grep -c 'would remove' out)" = 1 ] || fail "$(cat out)"
expect 0 run --generate "$(generate_word v1)" --deploy true
says 'Retention removed 1 stored set'
expect 0 prune
last_line_says 'removed none'
