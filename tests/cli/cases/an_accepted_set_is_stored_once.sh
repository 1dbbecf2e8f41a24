# good/<id>, unless a verified backup or good/ entry has its digest.
a_good_v1
[ "$(ls backups/.backstep/good | wc -l)" = 1 ] || fail "the accepted set is not stored"
expect 0 verify "$(ls backups/.backstep/good)"
rm -r "backups/$(newest)"
expect 0 run --generate true --deploy true --health-check "$says_v1"
[ "$(ls backups/.backstep/good | wc -l)" = 1 ] || fail "stored twice"
rm -r services; tree
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "$says_v1"
is_word v1
says "the newest known good"
