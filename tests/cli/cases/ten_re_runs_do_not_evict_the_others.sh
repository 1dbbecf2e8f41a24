# Complaint: re-runs of one version fill the places of all others. Rules that count count contents.
tree
quick_checks
backup_of v1; first=$(newest)
backup_of v2; second=$(newest)
sh -c "$(generate_word v3)"
for _ in 1 2 3 4 5 6 7 8 9 10; do expect 0 run --deploy true --keep-last 3 --keep-within 0; done
exists "backups/$first"
exists "backups/$second"
[ "$(backups | wc -l)" = 3 ] || fail "kept: $(backups)"
for _ in 1 2 3; do expect 0 backup; done
expect 0 prune --keep-last 3 --keep-within 0
says "same content as $(newest)"
[ "$(backups)" = "$(printf '%s\n' "$first" "$second" "$(newest)")" ] || fail "kept: $(backups)"
