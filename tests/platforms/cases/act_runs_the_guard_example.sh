# examples/github/guard.yml in act, in a container with the checkout bound to it, which so stays from
# job to job. act hands a post stage neither state nor the defaults of inputs: only bare names. From
# them the guard knows how the job went.
. "$CASES/../platforms/lib.sh"
. "$CASES/../platforms/clients/act.sh"
workflow=$root/examples/github/guard.yml
chown -R 1001:1001 source
act_guards() { act_job "$1" "$workflow" --platform "self-hosted=$BASE_IMAGE" --bind; }

project_says v1
act_guards 0
says 'Post OWNER/backstep@v1'
missing "source/$journal"
files_of source >good
cell github 'good deploy' "$client"

project_says broken 700
act_guards 1
says "job ended with status 'failure'"
says 'to run:   ./deploy.sh (the rollback command)'
says 'Summary - ### ❌'
same_files source good
live_is broken source
cell github rollback "$client"
cell github report "$client"

project_says v2 700
printf '#!/bin/sh\ntouch reached\nexec tail -f /dev/null\n' >source/check.sh
cancel_at source/reached "$workflow" --platform "self-hosted=$BASE_IMAGE" --bind
says 'job was cancelled'
says 'to run:   ./deploy.sh (the rollback command)'
same_files source good
others=$(find source/services source/backups ! -user 1001 ! -name journal.json)
[ -z "$others" ] || fail "not the owner's: $others"
nothing_of_the_job_is_left
cell github cancel "$client"
