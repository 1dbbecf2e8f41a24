# examples/github/begin-finish.yml: the steps between are the project's own; when one of them fails, or
# the job is cancelled in it, finish brings the files back and deploys them.
. "$CASES/../platforms/lib.sh"
workflow=$root/examples/github/begin-finish.yml
live_is() { [ "$(tail -n 1 "$checkout/deploys")" = "deployed $1" ] || fail "live is: $(cat "$checkout/deploys")"; }
project_says v1
github_job success "$workflow"
step_says 'steps["finish"]["outputs"]["result"]' accepted
summary_says 'the new version, healthy'
files_of "$checkout" >good

# The check fails.
rm -rf github
project_says broken 700
github_job failure "$workflow"
step_says 'steps["finish"]["outcome"]' failure
step_says 'steps["finish"]["outputs"]["result"]' rolled_back
summary_says 'rolled back'
same_files "$checkout" good
live_is v1

# The deploy fails half-way.
rm -rf github
project_says v2
cp source/deploy.sh deploy.sh
echo 'case $(sh live/action_service) in v2) exit 9 ;; esac' >>source/deploy.sh
github_job failure "$workflow"
step_says 'steps["finish"]["outputs"]["result"]' rolled_back
same_files "$checkout" good
live_is v1

# Cancelled in the deploy.
rm -rf github
printf '#!/bin/sh\n[ -e reached ] || { touch reached; exec tail -f /dev/null; }\n' | cat - deploy.sh >source/deploy.sh
github_job cancelled "$workflow" --cancel-when "$PWD/$checkout/reached"
step_says 'steps["finish"]["outputs"]["result"]' rolled_back
same_files "$checkout" good
live_is v1
cell github 'good deploy' replayed
cell github rollback replayed
cell github cancel replayed
cell github outputs replayed
cell github report replayed
