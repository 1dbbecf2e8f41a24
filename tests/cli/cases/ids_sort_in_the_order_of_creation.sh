# The id is max(now, newest + 1 s); nothing ever waits for a clock. Unique over backups, good and failed.
tree
mkdir -p backups/2999-12-31_23-59-57; touch backups/2999-12-31_23-59-58
expect 0 backup
[ "$(newest)" = 2999-12-31_23-59-59 ] || fail "the newest is $(newest)"
expect 21 run --generate "$(generate_word v1)" --deploy false --rollback-command true
[ "$(newest)" = 3000-01-01_00-00-00 ] || fail "the newest is $(newest)"
[ "$(ls backups/.backstep/failed)" = 3000-01-01_00-00-01 ] || fail "the evidence has another id"
is_old
