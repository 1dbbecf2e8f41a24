# examples/github/setup.yml in act, on this machine itself: a good deploy, a check that fails, a Ctrl-C.
# act has no signal for a step: it kills backstep, and the finish after it settles what was begun.
. "$CASES/../platforms/lib.sh"
. "$CASES/../platforms/clients/act.sh"
workflow=$root/examples/github/setup.yml
act_deploys() { act_job "$1" "$workflow" --platform ubuntu-latest=-self-hosted; }

project_says v1
act_deploys 0
outputs_say result accepted
outputs_say exit_code 0
says 'backstep says accepted'
says 'Summary - ### ✔ Deployed'
live_is v1
files_of workspace >good
cell github 'good deploy' "$client"

# Another mode and another text; both come back.
project_says broken 700
act_deploys 1
says 'Fetched from refs/backstep/'
outputs_say result rolled_back
outputs_say exit_code 20
says 'backstep says rolled_back'
says 'Summary - ### ❌ Failed and rolled back'
says 'Artifact backstep has been successfully uploaded: run.html'
same_files workspace good
live_is v1
cell github rollback "$client"
cell github outputs "$client"
cell github report "$client"

# A killed run goes back to its own backup: what the checkout brought.
project_says v2 700
hang_in_deploy
cancel_at reached "$workflow" --platform ubuntu-latest=-self-hosted
says 'this step has been cancelled: signal: killed'
outputs_say result rolled_back
says 'did not end'
files_of source >brought
same_files workspace brought
live_is v0
missing "workspace/$journal"
! pgrep -f "tail -f $PWD/reached" || fail 'the killed deploy goes on'
cell github cancel "$client"

# The store went on to the next job, which is a good one again.
project_says v3
act_deploys 0
says 'Fetched from refs/backstep/'
live_is v3
