# A begin without journal but with an end in the history is no lost one: nothing open is 0.
tree
expect 0 begin
begun=$(open_run)
expect 0 finish --status success
BACKSTEP_BEGUN=$begun STATE_begun=$begun expect 0 finish --status failure
says "no run is open"
