# `begin` / `finish`: Idempotent; nothing open is 0.
tree
expect 0 finish --status failure
missing backups
expect 0 begin --rollback-command "echo done >>rollbacks"
eval "$(generate_word new)"
expect 21 finish --status failure
eval "$(generate_word later)"
expect 0 finish --status failure
says "no run is open"
is_word later
times 1 rollbacks
