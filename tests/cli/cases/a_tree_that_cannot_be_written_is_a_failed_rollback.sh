# Files that cannot be put back: 22 with path and cause, journal kept; recover goes on once it can.
tree
become_nobody
expect 22 run --generate "$(generate_word v1); chmod 555 services/*" --deploy false --rollback-command 'touch ran'
says "Permission denied"
says "backstep recover"
is_word v1
is_word v1 typesense_client_service
exists "$journal"
missing ran
chmod 755 services/*
expect 21 recover
is_old
exists ran
no_journal
