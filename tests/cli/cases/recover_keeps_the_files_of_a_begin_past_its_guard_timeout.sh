# In a `begin` past its guard_timeout [a changed file is restored] only by `finish` or `recover --restore`.
tree
expect 0 begin --guard-timeout 1ms
eval "$(generate_word deployed)"
expect 0 recover
says "services/action_service/entrypoint.sh was changed after run"
is_word deployed
no_journal
