# A missing services_dir is an empty set with a warning for begin and before a generator, exit 6 for backup.
expect 6 backup
says "nothing was backed up: 'services' does not exist"
missing backups
expect 0 begin
says "⚠️ Warning: nothing is tracked so far: 'services' does not exist"
expect 0 finish --status success
expect 0 run --generate 'mkdir -p services/a; printf "#!/bin/sh\necho v1\n" >services/a/entrypoint.sh' --deploy true
says "⚠️ Warning: nothing is tracked so far: 'services' does not exist"
holds services/a/entrypoint.sh v1
