# A `restored` journal blocks nobody, also when its `begin` is within its guard_timeout.
tree
expect 0 begin --owner first --rollback-command "exit 9"
eval "$(generate_word deployed)"
expect 22 finish --owner first --status failure
in_phase restored
expect 0 run --deploy true --owner second --lock-wait 300ms
says_not "Waiting"
no_journal
