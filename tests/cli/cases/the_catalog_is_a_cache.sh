# What a run read of all sets is kept for the next look: it may go or be rubbish without harm, and
# what changed since is seen.
tree
expect 0 backup
missing backups/.backstep/catalog
expect 0 run --deploy "$(generate_word new)"
exists backups/.backstep/catalog
expect 0 list
mv out known
rm backups/.backstep/catalog
expect 0 list
cmp known out || fail "without the catalog the list is another"
echo rubbish >backups/.backstep/catalog
expect 0 list
cmp known out || fail "with a foreign catalog the list is another"
expect 0 prune --keep-last 100
holds backups/.backstep/catalog "backstep catalog 1"
expect 0 list
cmp known out || fail "with the catalog the list is another"
echo '{}' >>"backups/$(newest)/_manifest.jsonl"
expect 0 list
says "! DAMAGED"
