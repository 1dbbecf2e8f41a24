# A newer format is refused with a sentence, exit 3, and the others still work.
tree
expect 0 backup
older=$(newest)
sh -c "$(generate_word v1)"
expect 0 backup
sed -i '1s/"format":1/"format":2/' "backups/$(newest)/_manifest.jsonl"
expect 3 rollback --to "$(newest)"
says newer
[ "$(wc -l <out)" = 1 ] || fail "not one line"
is_word v1
expect 0 list
says "newer format"
expect 0 rollback --to "$older"
is_old
