# `prune mark import` take the lock and leave the journal.
tree
BEFORE=$(generate_word half) crash_in generate
open=$(cat "$journal")
backup=$(newest)
expect 0 prune --keep-last 0 --keep-good 0 --keep-within 1ms
expect 0 mark good "$backup"
[ "$(cat "$journal")" = "$open" ] || fail "the journal was changed"
is_word half
exists "backups/$backup/_manifest.jsonl"
