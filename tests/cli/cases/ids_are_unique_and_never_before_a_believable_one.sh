# The ID is max(now, newest + 1 s), so nothing ever waits for a clock; unique over backups, good and
# failed, and over names that are none of ours.
tree
ahead() { date -u -d "@$(($(date +%s) / 86400 * 86400 + 86400 + $1))" +%Y-%m-%d_%H-%M-%S; }
mkdir -p "backups/$(ahead -1)"; touch "backups/$(ahead 0)"
wanted=$(ahead 1)
expect 0 backup
[ "$(newest)" = "$wanted" ] || fail "the newest is $(newest)"
expect 21 run --generate "$(generate_word v1)" --deploy false --rollback-command true
[ "$(newest)" = "$(ahead 2)" ] || fail "the newest is $(newest)"
[ "$(ls backups/.backstep/failed)" = "$(ahead 3)" ] || fail "the evidence has another id"
is_old
