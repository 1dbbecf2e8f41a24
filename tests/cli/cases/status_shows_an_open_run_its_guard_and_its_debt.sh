# Every other verb takes no lock, changes nothing, and shows an open journal.
tree
expect 0 begin --owner first --rollback-command "exit 9"
expect 0 status
says "(begin), phase armed, of first"
says "for its 'finish'"
expect 22 finish --owner first --status failure
expect 0 status
says "phase restored"
says "to run"
says "backstep recover"
"$BACKSTEP" status --json >out || fail "status --json failed"
says '"still_to_run": true'
