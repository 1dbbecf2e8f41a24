# A file that is as the journal last recorded it is restored.
tree
as_job 1 aaaa crash_in health-check --check-baseline false --generate "$(generate_word new)" --deploy true
as_job 2 bbbb expect 0 run --deploy true
says "2 files restored"
is_old action_service
is_old typesense_client_service
