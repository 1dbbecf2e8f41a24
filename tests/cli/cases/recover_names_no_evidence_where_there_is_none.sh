# A first run that brought no file leaves nothing to move away, and `recover` says so.
mkdir services
expect 0 begin
begun=$(open_run)
expect 0 recover
says "no earlier version exists, and nothing that run $begun brought"
says_not "moved to"
no_journal

expect 0 begin
tree action_service
expect 0 recover --restore
answer_says "were moved to failed/"
