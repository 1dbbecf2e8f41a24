# In a `begin` past its guard_timeout [a changed file is restored] only by `finish` or `recover --restore`.
tree
expect 0 begin --guard-timeout 1ms
eval "$(generate_word deployed)"
expect 21 finish --status failure
is_old action_service
is_old typesense_client_service
no_journal
