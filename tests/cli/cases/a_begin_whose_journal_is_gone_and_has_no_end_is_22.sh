# A begin without journal and without an end in the history: 22.
tree
expect 0 begin
begun=$(open_run)
rm "$journal"
expect 22 finish --status success
says "run $begun was begun, but its journal is gone"
rm -rf backups
BACKSTEP_BEGUN=$begun expect 22 finish --status failure
says "run $begun was begun"
STATE_begun=$begun expect 22 finish --status failure
is_old action_service
