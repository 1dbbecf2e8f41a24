# Who types `recover` while the steps of a begin are at work takes the files from under them.
a_good_v1
expect 0 begin
expect 0 status
last_line_says '   backstep finish --status success|failure|cancelled'
says_not 'backstep recover'
expect 0 finish --status success
expect 0 begin --guard-timeout 1ms
expect 0 status
last_line_says '   backstep recover'
