# A first run that brought no file leaves nothing to move away, and `recover` says so.
mkdir services
expect 0 begin
expect 0 recover
says "unknown: no earlier version exists"
says_not "saved:"
no_journal

expect 0 begin
tree action_service
expect 0 recover --restore
says "saved:    the replaced files, in failed/"
