# keep_tags: backups with a tag of the list stay, of whatever age; * is any tag.
tree
for tag in release hotfix ''; do
  sh -c "$(generate_word "v$tag")"
  expect 0 backup --tag "$tag"
  date_set "backups/$(newest)" 400
done
backup_of latest
echo "retention: {keep_last: 1, keep_within: 0, keep_tags: [release, other]}" >backstep.yml
expect 0 prune --dry-run
[ "$(grep -c 'would remove' out)" = 2 ] || fail "$(cat out)"
expect 0 prune --keep-tags '*'
[ "$(backups | wc -l)" = 3 ] || fail "any tag: $(backups)"
grep -q 'keep  *tag hotfix$' out || fail "no reason"
expect 0 prune
[ "$(backups | wc -l)" = 2 ] || fail "by tag: $(backups)"
