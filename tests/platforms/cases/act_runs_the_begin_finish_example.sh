# examples/github/begin-finish.yml in act, on this machine itself: the check fails, or a Ctrl-C comes
# in the deploy, which act kills; the finish brings the files back and deploys them.
. "$CASES/../platforms/lib.sh"
. "$CASES/../platforms/clients/act.sh"
workflow=$root/examples/github/begin-finish.yml
act_deploys() { act_job "$1" "$workflow" --platform ubuntu-latest=-self-hosted; }

project_says v1
act_deploys 0
outputs_say result begun
outputs_say result accepted
says 'the new version, healthy'
live_is v1
files_of workspace >good
cell github 'good deploy' "$client"

project_says broken 700
act_deploys 1
says "job ended with status 'failure'"
outputs_say result rolled_back
outputs_say exit_code 20
says 'Summary - ### ❌ Failed and rolled back'
same_files workspace good
live_is v1
cell github rollback "$client"
cell github report "$client"

project_says v2 700
hang_in_deploy
cancel_at reached "$workflow" --platform ubuntu-latest=-self-hosted
says 'this step has been cancelled: signal: killed'
says 'job was cancelled'
outputs_say result rolled_back
same_files workspace good
live_is v1
missing "workspace/$journal"
! pgrep -f "tail -f $PWD/reached" || fail 'the killed deploy goes on'
cell github cancel "$client"
