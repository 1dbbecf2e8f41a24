# examples/github/guard.yml, on a machine that keeps its checkout: the post stage accepts a good job,
# and brings the files back when the smoke test fails or the job is cancelled, and names the command.
. "$CASES/../platforms/lib.sh"
workflow=$root/examples/github/guard.yml
project_says v0
github_job success "$workflow"
step_says posts "['success']"
says "Post OWNER/backstep@v1"
missing "$checkout/$journal"
files_of "$checkout" >good

project_says broken 700
github_job failure "$workflow"
step_says posts "['failure']"
says 'to run:   ./deploy.sh (the rollback command)'
summary_says 'unknown: the old files are back'
same_files "$checkout" good
[ "$(tail -n 1 "$checkout/deploys")" = 'deployed broken' ] || fail 'the container deployed'
# The runner's user can read and delete all of it. Only the journal is root's, whose commands it holds.
others=$(find "$checkout" ! -user 1001 ! -name journal.json)
[ -z "$others" ] || fail "not the runner's: $others"
setpriv --reuid 1001 --regid 1001 --clear-groups cat "$checkout/backups/.backstep/journal.json" >/dev/null || fail 'the journal cannot be read'

project_says v2
printf '#!/bin/sh\ntouch reached\nexec tail -f /dev/null\n' >source/check.sh
github_job cancelled "$workflow" --cancel-when "$PWD/$checkout/reached"
says 'to run:   ./deploy.sh (the rollback command)'
summary_says 'job was cancelled'
same_files "$checkout" good
no_container_is_left
cell github 'good deploy' replayed
cell github rollback replayed
cell github cancel replayed
cell github report replayed
