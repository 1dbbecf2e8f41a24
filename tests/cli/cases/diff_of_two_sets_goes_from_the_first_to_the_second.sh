# Backups, what a rollback replaced, and the last good set: whatever `list` names.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
failed=failed/$(ls backups/.backstep/failed)
first=$(backups | head -n 1)
shown() { grep '^[-+]echo' out | sort -u | tr '\n' ' '; }
expect 0 diff last-good "$failed"
[ "$(shown)" = "+echo v2 -echo v1 " ] || fail "not v1 to v2: $(shown)"
says " to $failed:"
expect 0 diff "$failed" last-good
[ "$(shown)" = "+echo v1 -echo v2 " ] || fail "not v2 to v1: $(shown)"
expect 0 diff "$failed"
[ "$(shown)" = "+echo v1 -echo v2 " ] || fail "not v2 to now: $(shown)"
expect 0 diff "$first" latest
[ "$(shown)" = "+echo v1 -echo old action_service -echo old typesense_client_service " ] || fail "not old to v1: $(shown)"
expect 0 diff latest latest
says "No difference between $(newest) and $(newest)"
