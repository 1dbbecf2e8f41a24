# It may be about to make the very first scripts. Where it has ended and there still are none, it failed.
mkdir -p services/web services/worker
expect 5 run --generate true --deploy 'touch deployed'
says "⚠️ Warning: nothing is tracked so far: 0 of 2 directories in 'services' hold entrypoint.sh"
says "failed:   generate made nothing that is tracked: 0 of 2 directories in 'services' hold entrypoint.sh"
missing deployed
no_journal
expect 0 run --generate 'printf "#!/bin/sh\necho v1\n" >services/web/entrypoint.sh' --deploy 'touch deployed'
says '✅ Generated entrypoint.sh for web'
exists deployed
