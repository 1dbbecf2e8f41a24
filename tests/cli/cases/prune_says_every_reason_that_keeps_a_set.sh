# Why is this still here, and what would go? A line a set with every rule that keeps it, and a last
# line with the numbers; --dry-run removes nothing and says so; --json has the reasons as a list.
a_good_v1
tree extra
expect 0 backup --tag v1.0
tagged=$(newest)
date_set "backups/$tagged" 40
oldest=$(backups | head -n 1)
date_set "backups/$oldest" 50
expect 0 prune --dry-run --keep-last 1 --keep-tags v1.0
grep -q "^$tagged  *backup  *keep  *last 1, tag v1.0$" out || fail "not every reason"
grep -q "^$oldest  *backup  *would remove  *no rule keeps it$" out || fail "no reason to go"
grep -q "accepted  *keep  *last good, last 1, within 30d$" out || fail "not every reason"
last_line_says 'Would keep 2 sets and remove 1 ('
exists "backups/$oldest"
expect 0 prune --dry-run --json --keep-last 1 --keep-tags v1.0
[ "$(json '[s["reasons"] for s in d["sets"] if s["id"] == "'"$tagged"'"]')" = "[['last 1', 'tag v1.0']]" ] || fail "$(cat out)"
[ "$(json 'd["kept"], d["removed"], d["freed_bytes"] > 0, d["dry_run"]')" = '(2, 1, True, True)' ] || fail "$(cat out)"
expect 0 prune --keep-last 1 --keep-tags v1.0
last_line_says 'Kept 2 sets, removed 1 ('
missing "backups/$oldest"
expect 0 prune --keep-last 1 --keep-tags v1.0
last_line_says 'Kept 2 sets, removed none'
