# A damaged candidate is named and the next one taken.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --health-check "$says_v1" --rollback-command true \
  --deploy 'rm "backups/$BACKSTEP_BACKUP/action_service_entrypoint.sh"'
says "cannot be used"
says "$(newest)"
is_word v1
grep -q "^Rolling back to .*: .*known good$" out || fail "another set was not taken"
