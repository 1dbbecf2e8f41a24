# None left: 22; the files are as the deploy left them, the journal stays, recover is named.
tree
quick_checks
expect 22 run --generate "$(generate_word v1)" --health-check "$says_v1 && false" \
  --deploy 'rm "backups/$BACKSTEP_BACKUP/action_service_entrypoint.sh"'
is_word v1
is_word v1 typesense_client_service
exists "$journal"
says "cannot be used"
says "backstep recover"
answer_says "The rollback failed"
