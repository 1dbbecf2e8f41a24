# `finish --status` missing or unknown: as failure, said.
tree
expect 0 begin
eval "$(generate_word new)"
expect 21 finish --status Success
says "the job's status is 'Success': taken as a failure"
is_old action_service
expect 0 begin
eval "$(generate_word new)"
expect 21 finish
says "the job's status is not given"
is_old action_service
no_journal
