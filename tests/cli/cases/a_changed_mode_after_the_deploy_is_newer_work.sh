# A file that is as the journal last recorded it is restored; any other (its executable bit too) is kept.
tree
crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy true
chmod 644 "$(entrypoint)"
expect 0 run --deploy true
says "services/action_service/entrypoint.sh was changed after run"
is_word new
is_old typesense_client_service
