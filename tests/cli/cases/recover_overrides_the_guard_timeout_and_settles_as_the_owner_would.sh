# `recover` settles as the owner would; all override guard_timeout.
tree
expect 0 begin --owner first
eval "$(generate_word deployed)"
expect 0 recover --owner second --lock-wait 300ms
is_old action_service
no_journal
