# A service renamed between backup and rollback: by hand the old name is skipped with a warning and the
# new one kept and named; an automatic rollback is exact.
a_good_v1
before=$(snapshot)
rename="$(generate_word v2); rm -rf services/renamed_service; mv services/action_service services/renamed_service"
expect 0 run --deploy true --generate "$rename"
expect 0 rollback --health-check ''
says '⚠️ Warning: Service action_service does not exist. Skipping.'
says "Kept services/renamed_service/entrypoint.sh: it is not in $(newest) (--exact removes it)"
missing services/action_service
is_word v2 renamed_service
is_word v1 typesense_client_service
expect 0 rollback --recreate --exact
[ "$(snapshot)" = "$before" ] || fail "not as before: $(diff <(echo "$before") <(snapshot))"

expect 20 run --deploy true --generate "$rename" --health-check "$says_v1"
[ "$(snapshot)" = "$before" ] || fail "not exact: $(diff <(echo "$before") <(snapshot))"
says '✅ Restored action_service from'
says '✅ Removed renamed_service'
